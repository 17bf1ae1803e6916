package uk.usbguard.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.EntryCursor;
import uk.usbguard.core.container.FileEditor;
import uk.usbguard.core.container.FileMeta;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.PutMode;
import uk.usbguard.core.container.SlowStick;
import uk.usbguard.core.container.SlowStick.Cost;
import uk.usbguard.core.container.SlowStick.Speed;
import uk.usbguard.core.container.StickContainer;

/**
 * Opens, lists, adds and changes in containers of very different size, on simulated slow sticks.
 * Prints a line of JSON for each.
 */
public final class Scale {

  private static final long MIB = 1L << 20;
  private static final int FOLDER = 100;
  private static final FileMeta META = FileMeta.at(Instant.parse("2026-01-01T00:00:00Z"));
  private static final Map<String, Speed> STICKS =
      new TreeMap<>(
          Map.of("98/0.58 MB/s", new Speed(98e6, 0.58e6), "10/0.05 MB/s", new Speed(10e6, 0.05e6)));

  private final Path folder;

  private Scale(Path folder) {
    this.folder = folder;
  }

  /** One thing that is measured: what is done with an open container. */
  @FunctionalInterface
  private interface Step {
    void run(Container container) throws Exception;
  }

  /** A container of some size, and where in it is changed. */
  private record Subject(String name, Path path, StickContainer container, String changed) {}

  /** Takes a folder to work in and by how much everything is to be smaller than it should be. */
  public static void main(String[] args) throws Exception {
    int smaller = Integer.parseInt(args[1]);
    Scale scale = new Scale(Files.createDirectories(Path.of(args[0])));
    scale.measure(scale.files(100));
    scale.measure(scale.files(1_000_000 / smaller));
    scale.measure(scale.oneFile(100L * 1024 * MIB / smaller));
    scale.measure(scale.bulk(64L * 1024 * MIB / smaller));
  }

  // ---- making

  private Subject make(String name, String changed, boolean bulk, StickContainer.Filling filling)
      throws Exception {
    Path path = folder.resolve("scale.ugc");
    for (int segment = 0; segment < 100; segment++) {
      Files.deleteIfExists(segment == 0 ? path : segmentPath(path, segment));
    }
    SlowStick stick = new SlowStick(path, new Speed(98e6, 0.58e6));
    stick.forgetBulk(bulk);
    return new Subject(name, path, StickContainer.make(stick, filling), changed);
  }

  private static Path segmentPath(Path first, int number) {
    return first.resolveSibling(first.getFileName() + String.format(Locale.ROOT, ".%03d", number));
  }

  private Subject files(int count) throws Exception {
    String name = String.format(Locale.ROOT, "%,d files", count);
    return make(
        name,
        "folder-000000/file-000000",
        false,
        container -> {
          for (int i = 0; i < count; i++) {
            String in = String.format(Locale.ROOT, "folder-%06d", i / FOLDER);
            if (i % FOLDER == 0) {
              container.makeFolder(ContainerPath.parse(in), META);
            }
            String file = String.format(Locale.ROOT, "%s/file-%06d", in, i);
            put(container, file, new ByteArrayInputStream(new byte[300]));
          }
        });
  }

  private Subject oneFile(long bytes) throws Exception {
    return make(
        "one file of " + gib(bytes),
        "folder-000000/large",
        true,
        container -> {
          container.makeFolder(ContainerPath.parse("folder-000000"), META);
          put(container, "folder-000000/large", new Pattern(bytes));
        });
  }

  private Subject bulk(long bytes) throws Exception {
    long each = 16 * MIB;
    return make(
        gib(bytes) + " in files of 16 MiB",
        "folder-000000/file-000000",
        true,
        container -> {
          for (int i = 0; i < bytes / each; i++) {
            String in = String.format(Locale.ROOT, "folder-%06d", i / FOLDER);
            if (i % FOLDER == 0) {
              container.makeFolder(ContainerPath.parse(in), META);
            }
            String file = String.format(Locale.ROOT, "%s/file-%06d", in, i);
            put(container, file, new Pattern(each));
          }
        });
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (1024.0 * MIB));
  }

  private static void put(Container container, String path, InputStream content) throws Exception {
    container.put(ContainerPath.parse(path), META, content, PutMode.REPLACE);
  }

  // ---- measuring

  private void measure(Subject subject) throws Exception {
    for (Map.Entry<String, Speed> stick : STICKS.entrySet()) {
      run(subject, stick.getKey(), stick.getValue(), "open", OpenMode.READ_ONLY, c -> {});
      run(subject, stick.getKey(), stick.getValue(), "list", OpenMode.READ_ONLY, Scale::list);
      run(subject, stick.getKey(), stick.getValue(), "add 20 KiB", OpenMode.READ_WRITE, Scale::add);
      run(
          subject,
          stick.getKey(),
          stick.getValue(),
          "change 1 byte",
          OpenMode.READ_WRITE,
          c -> change(c, subject.changed()));
    }
  }

  private static void list(Container container) throws Exception {
    EntryCursor cursor = container.list(ContainerPath.parse("folder-000000"));
    while (cursor.advance()) {
      cursor.current();
    }
  }

  private static void add(Container container) throws Exception {
    byte[] letter = new byte[20 * 1024];
    new Random(7).nextBytes(letter);
    put(container, "letter " + System.nanoTime(), new ByteArrayInputStream(letter));
  }

  /** In the first extent, whose content is what it was only if it was kept: so it is written. */
  private static void change(Container container, String path) throws Exception {
    ContainerPath file = ContainerPath.parse(path);
    try (FileEditor editor = container.edit(file)) {
      long size = editor.size();
      byte[] one = {1};
      editor.write(size - 1, one, 0, 1);
    }
  }

  private void run(
      Subject subject, String stickName, Speed speed, String what, OpenMode mode, Step step)
      throws Exception {
    SlowStick stick = new SlowStick(subject.path(), speed);
    long cpu = cpuNanos();
    try (Container container = subject.container().open(stick, mode)) {
      step.run(container);
    }
    print(subject.name(), stickName, what, stick.cost(), (cpuNanos() - cpu) / 1e9);
  }

  private static long cpuNanos() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime();
  }

  private static void print(String subject, String stick, String what, Cost cost, double cpu) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("container", '"' + subject + '"');
    fields.put("stick", '"' + stick + '"');
    fields.put("step", '"' + what + '"');
    fields.put("stickSeconds", String.format(Locale.ROOT, "%.3f", cost.seconds()));
    fields.put("cpuSeconds", String.format(Locale.ROOT, "%.3f", cpu));
    fields.put("reads", cost.reads());
    fields.put("bytesRead", cost.bytesRead());
    fields.put("writes", cost.writes());
    fields.put("bytesWritten", cost.bytesWritten());
    fields.put("forces", cost.forces());
    List<String> parts =
        fields.entrySet().stream().map(f -> '"' + f.getKey() + "\":" + f.getValue()).toList();
    System.out.println("{" + String.join(",", parts) + "}");
  }

  /** Bytes that are no zeros, without end in sight. */
  private static final class Pattern extends InputStream {
    private final byte[] block = new byte[1 << 20];
    private long left;

    Pattern(long bytes) {
      left = bytes;
      new Random(11).nextBytes(block);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int at = (int) (left % block.length);
      int n = (int) Math.min(Math.min(length, left), block.length - at);
      System.arraycopy(block, at, target, offset, n);
      left -= n;
      return n;
    }
  }
}
