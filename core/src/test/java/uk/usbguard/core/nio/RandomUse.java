package uk.usbguard.core.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a program does with a file system, at random: each step says what came of it. */
final class RandomUse implements AutoCloseable {

  /** Upper case and accents on purpose: some of these are the same name. */
  private static final List<String> NAMES =
      List.of("a", "b", "B", "caf\u00e9", "cafe\u0301", "d", "D");

  private static final int CHANNELS = 3;

  /** What there is to do. */
  enum Kind {
    WRITE,
    APPEND,
    READ,
    LIST,
    ATTRIBUTES,
    FOLDER,
    DELETE,
    MOVE,
    COPY,
    TIME,
    OPEN,
    USE,
    USE_AGAIN,
    CLOSE
  }

  /** One thing to do; all that is random in it comes from its seed. */
  record Step(Kind kind, long seed) {
    static Step random(Random random) {
      Kind[] kinds = Kind.values();
      return new Step(kinds[random.nextInt(kinds.length)], random.nextLong());
    }
  }

  private final FileSystem fs;
  private final SeekableByteChannel[] channels = new SeekableByteChannel[CHANNELS];

  RandomUse(FileSystem fs) {
    this.fs = fs;
  }

  /** Does it; returns what it gave or how it failed. */
  String take(Step step) {
    Random random = new Random(step.seed());
    try {
      return switch (step.kind()) {
        case WRITE -> write(random, StandardOpenOption.TRUNCATE_EXISTING);
        case APPEND -> write(random, StandardOpenOption.APPEND);
        case READ -> digest(Files.readAllBytes(path(random)));
        case LIST -> list(random);
        case ATTRIBUTES -> attributes(path(random));
        case FOLDER -> Files.createDirectory(path(random)).toString();
        case DELETE -> delete(random);
        case MOVE -> move(random);
        case COPY -> copy(random);
        case TIME -> time(random);
        case OPEN -> open(random);
        case USE, USE_AGAIN -> use(random);
        case CLOSE -> close(random.nextInt(CHANNELS));
      };
    } catch (FileAlreadyExistsException
        | NoSuchFileException
        | DirectoryNotEmptyException
        | NotDirectoryException e) {
      return e.getClass().getSimpleName();
    } catch (IOException e) {
      return "IOException";
    }
  }

  private Path path(Random random) {
    Path path = fs.getPath(random.nextBoolean() ? "/" : "");
    for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
      path = path.resolve(NAMES.get(random.nextInt(NAMES.size())));
    }
    return path;
  }

  private static byte[] bytes(Random random) {
    int most = new int[] {1, 300, 70_000, 200_000}[random.nextInt(4)];
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String digest(byte[] bytes) {
    return bytes.length + ":" + Arrays.hashCode(bytes);
  }

  private String write(Random random, OpenOption how) throws IOException {
    Path path = path(random);
    Files.write(path, bytes(random), StandardOpenOption.CREATE, how);
    return "written";
  }

  private String list(Random random) throws IOException {
    Set<String> names = new TreeSet<>();
    Path folder = random.nextInt(3) == 0 ? fs.getPath("/") : path(random);
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(path -> names.add(path.toString()));
    }
    return names.toString();
  }

  private static String attributes(Path path) throws IOException {
    BasicFileAttributes a = Files.readAttributes(path, BasicFileAttributes.class);
    return a.isDirectory() + " " + (a.isDirectory() ? 0 : a.size()) + " " + path.toRealPath();
  }

  private String delete(Random random) throws IOException {
    closeAll();
    Files.delete(path(random));
    return "deleted";
  }

  private String move(Random random) throws IOException {
    boolean replace = random.nextBoolean();
    if (replace) {
      closeAll(); // a replaced file ends its channels in a container, in Jimfs it lives on
    }
    CopyOption[] options = replace ? new CopyOption[] {replaceExisting()} : new CopyOption[0];
    return Files.move(path(random), path(random), options).toString();
  }

  private String copy(Random random) throws IOException {
    closeAll();
    Set<CopyOption> options = new HashSet<>();
    if (random.nextBoolean()) {
      options.add(replaceExisting());
    }
    if (random.nextBoolean()) {
      options.add(StandardCopyOption.COPY_ATTRIBUTES);
    }
    Path source = path(random);
    return Files.copy(source, path(random), options.toArray(CopyOption[]::new)).toString();
  }

  private static CopyOption replaceExisting() {
    return StandardCopyOption.REPLACE_EXISTING;
  }

  private String time(Random random) throws IOException {
    Path path = path(random);
    FileTime time = FileTime.fromMillis(random.nextInt(2_000_000_000) * 1000L);
    Files.setLastModifiedTime(path, time);
    return String.valueOf(Files.getLastModifiedTime(path).equals(time));
  }

  private String open(Random random) throws IOException {
    int slot = random.nextInt(CHANNELS);
    close(slot);
    Path path = path(random);
    Set<OpenOption> options = new HashSet<>();
    options.add(random.nextInt(3) == 0 ? StandardOpenOption.APPEND : StandardOpenOption.WRITE);
    if (options.contains(StandardOpenOption.WRITE) && random.nextBoolean()) {
      options.add(StandardOpenOption.READ);
    }
    if (random.nextBoolean()) {
      options.add(random.nextBoolean() ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW);
    }
    if (random.nextInt(4) == 0) {
      options.clear();
    }
    channels[slot] = Files.newByteChannel(path, options);
    return "opened " + channels[slot].size();
  }

  private String use(Random random) throws IOException {
    SeekableByteChannel channel = channels[random.nextInt(CHANNELS)];
    if (channel == null) {
      return "none";
    }
    try {
      return switch (random.nextInt(4)) {
        case 0 -> "at " + channel.position(random.nextInt(150_000)).position();
        case 1 -> "wrote " + channel.write(ByteBuffer.wrap(bytes(random)));
        case 2 -> "cut to " + channel.truncate(random.nextInt(100_000)).size();
        default -> {
          byte[] into = new byte[1 + random.nextInt(100_000)];
          int n = channel.read(ByteBuffer.wrap(into));
          yield "read " + n + " " + Arrays.hashCode(into);
        }
      };
    } catch (NonReadableChannelException | NonWritableChannelException e) {
      return e.getClass().getSimpleName();
    }
  }

  private String close(int slot) throws IOException {
    SeekableByteChannel channel = channels[slot];
    channels[slot] = null;
    if (channel != null) {
      channel.close();
    }
    return "closed";
  }

  private void closeAll() throws IOException {
    for (int slot = 0; slot < CHANNELS; slot++) {
      close(slot);
    }
  }

  /** All that is there, by path. */
  static Map<String, String> content(FileSystem fs) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(fs.getPath("/"))) {
      for (Path path : all.toList()) {
        String what = Files.isDirectory(path) ? "folder" : digest(Files.readAllBytes(path));
        content.put(path.toString(), what);
      }
    }
    return content;
  }

  @Override
  public void close() throws IOException {
    closeAll();
    fs.close();
  }
}
