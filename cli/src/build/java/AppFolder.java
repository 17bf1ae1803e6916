import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Lays out the folder that the program is started from: {@code usbguard.jar} and {@code lib/*.jar}.
 *
 * <p>The JDK's class archive, which halves the start, refuses two kinds of class: those below level
 * 50 (all of picocli) and those from signed jars (all of Bouncy Castle, whose signature only its
 * JCE provider needs, which this program never registers). Such jars are written anew: classes
 * raised to level 52 with frames, signatures left out, entries sorted and undated. Others are
 * copied byte for byte. JNA's own library is laid beside them, which it would else unpack into a
 * folder for temporary files at every start, from where some systems let nothing run.
 *
 * <p>Run by the build as a single source file: {@code AppFolder BUILD_START OUT PROGRAM CLASSPATH}.
 */
final class AppFolder {

  private static final int LEVEL = Opcodes.V1_8;

  /**
   * 1980-01-01, the first time a zip file can hold, so that the same input gives the same bytes.
   */
  private static final long NO_TIME = 315_532_800_000L;

  private AppFolder() {}

  public static void main(String[] args) throws IOException {
    Instant buildStart = Instant.parse(args[0]);
    Path out = Path.of(args[1]);
    Path fresh = out.resolveSibling(out.getFileName() + ".new");
    Path stale = out.resolveSibling(out.getFileName() + ".old");
    delete(fresh);
    delete(stale);
    Path lib = Files.createDirectories(fresh.resolve("lib"));
    Files.copy(Path.of(args[2]), fresh.resolve("usbguard.jar"));
    for (String entry : args[3].split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      if (Files.isRegularFile(jar)) {
        place(jar, lib.resolve(jar.getFileName()));
        if (jar.getFileName().toString().startsWith("jna-")) {
          placeNative(jar, Files.createDirectories(fresh.resolve("native")));
        }
      }
    }
    Path stamp = Files.createFile(fresh.resolve("stamp"));
    Files.setLastModifiedTime(stamp, FileTime.from(buildStart));
    // A program that runs keeps its open jars: they are moved away, not written over.
    if (Files.exists(out)) {
      Files.move(out, stale);
    }
    Files.move(fresh, out);
    delete(stale);
  }

  /** For the machine that builds, which is the one that runs; others find theirs in the jar. */
  private static void placeNative(Path jna, Path folder) throws IOException {
    String machine =
        switch (System.getProperty("os.arch")) {
          case "amd64" -> "x86-64";
          case "aarch64" -> "aarch64";
          default -> "none";
        };
    try (JarFile in = new JarFile(jna.toFile(), false)) {
      ZipEntry library = in.getEntry("com/sun/jna/linux-" + machine + "/libjnidispatch.so");
      if (library != null) {
        try (var content = in.getInputStream(library)) {
          Files.copy(content, folder.resolve("libjnidispatch.so"));
        }
      }
    }
  }

  private static void place(Path jar, Path target) throws IOException {
    try (JarFile in = new JarFile(jar.toFile(), false)) {
      var entries = new TreeMap<String, byte[]>();
      boolean archivable = true;
      for (ZipEntry entry : in.stream().toList()) {
        if (entry.isDirectory()) {
          continue;
        }
        String name = entry.getName();
        if (isSignature(name)) {
          archivable = false;
          continue;
        }
        byte[] bytes;
        try (var content = in.getInputStream(entry)) {
          bytes = content.readAllBytes();
        }
        archivable &= !name.endsWith(".class") || level(bytes) >= Opcodes.V1_6;
        entries.put(name, bytes);
      }
      if (archivable) {
        Files.copy(jar, target, StandardCopyOption.COPY_ATTRIBUTES);
        return;
      }
      write(jar, in.getManifest(), entries, target);
    }
  }

  private static void write(
      Path jar, Manifest manifest, TreeMap<String, byte[]> entries, Path target)
      throws IOException {
    entries.remove(JarFile.MANIFEST_NAME);
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        var zip =
            new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(target), 1 << 16))) {
      manifest.getEntries().clear(); // one digest for each signed class
      var main = new java.io.ByteArrayOutputStream();
      manifest.write(main);
      add(zip, JarFile.MANIFEST_NAME, main.toByteArray());
      for (var entry : entries.entrySet()) {
        byte[] bytes = entry.getValue();
        boolean raise = entry.getKey().endsWith(".class") && level(bytes) < Opcodes.V1_6;
        add(zip, entry.getKey(), raise ? raised(bytes, loader) : bytes);
      }
    }
  }

  /** Stored, not deflated: nothing to inflate at the start. */
  private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    var crc = new CRC32();
    crc.update(bytes);
    var entry = new ZipEntry(name);
    entry.setTimeLocal(
        java.time.LocalDateTime.ofEpochSecond(NO_TIME / 1000, 0, java.time.ZoneOffset.UTC));
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static byte[] raised(byte[] classFile, ClassLoader others) {
    var writer =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected ClassLoader getClassLoader() {
            return others;
          }
        };
    var raiser =
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public void visit(
              int version, int access, String name, String sig, String parent, String[] faces) {
            super.visit(LEVEL, access, name, sig, parent, faces);
          }
        };
    new ClassReader(classFile).accept(raiser, ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }

  private static int level(byte[] classFile) {
    return (classFile[6] & 0xff) << 8 | classFile[7] & 0xff;
  }

  private static boolean isSignature(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.startsWith("META-INF/")
        && Stream.of(".SF", ".RSA", ".DSA", ".EC").anyMatch(upper::endsWith);
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(tree)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
