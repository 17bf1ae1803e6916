package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import uk.usbguard.core.container.ByteSink;
import uk.usbguard.core.container.Entry;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.error.EntryException.Reason;

/**
 * Writes one file of the container to disk. A file appears under its name only if all of it could
 * be had: a small one is read whole before anything is made, a large one is written under another
 * name in the same folder and renamed at its end. Never writes into a file or through a link that
 * is there already.
 */
final class FileWriter {

  static final int SMALL = 1 << 20;

  private static final Set<OpenOption> FRESH =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final DiskEntry.Attributes attributes;
  private final BooleanSupplier cancelled;
  private final LongConsumer progress;

  FileWriter(DiskEntry.Attributes attributes, BooleanSupplier cancelled, LongConsumer progress) {
    this.attributes = attributes;
    this.cancelled = cancelled;
    this.progress = progress;
  }

  /** What a file is to hold: as many bytes as its entry says. */
  @FunctionalInterface
  interface Content {
    /** Hands all of it over, or throws. */
    void to(ByteSink sink) throws IOException, ContainerException;
  }

  /** Writes it, or throws and leaves nothing. */
  void write(Content content, Entry entry, Path file, boolean overwrite)
      throws IOException, ContainerException {
    if (entry.size() <= SMALL) {
      writeSmall(read(content, entry), entry, file, overwrite);
    } else {
      writeLarge(content, entry, file, overwrite);
    }
  }

  private void writeSmall(byte[] content, Entry entry, Path file, boolean overwrite)
      throws IOException {
    if (overwrite && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Path fresh = temporary(file);
      create(content, entry, fresh);
      publish(fresh, file);
    } else {
      create(content, entry, file);
    }
    progress.accept(content.length);
  }

  private void create(byte[] content, Entry entry, Path file) throws IOException {
    boolean made = false;
    try {
      try (FileChannel channel = FileChannel.open(file, FRESH, mode(entry))) {
        made = true;
        writeFully(channel, ByteBuffer.wrap(content));
      }
      finish(entry, file);
    } catch (IOException e) {
      if (made) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
  }

  private void writeLarge(Content content, Entry entry, Path file, boolean overwrite)
      throws IOException, ContainerException {
    if (!overwrite && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path fresh = temporary(file);
    boolean published = false;
    try {
      try (FileChannel channel = FileChannel.open(fresh, FRESH, mode(entry))) {
        copy(content, entry, channel);
      }
      finish(entry, fresh);
      if (!overwrite && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      publish(fresh, file);
      published = true;
    } finally {
      if (!published) {
        Files.deleteIfExists(fresh);
      }
    }
  }

  private void copy(Content content, Entry entry, FileChannel channel)
      throws IOException, ContainerException {
    content.to(
        bytes -> {
          if (cancelled.getAsBoolean()) {
            throw new CancelledException();
          }
          int length = bytes.remaining();
          writeFully(channel, bytes);
          progress.accept(length);
        });
    requireSize(channel.size(), entry);
  }

  private static byte[] read(Content content, Entry entry) throws IOException, ContainerException {
    ByteBuffer whole = ByteBuffer.allocate((int) entry.size());
    AtomicLong size = new AtomicLong();
    content.to(
        bytes -> {
          size.addAndGet(bytes.remaining());
          if (bytes.remaining() <= whole.remaining()) {
            whole.put(bytes);
          } else {
            bytes.position(bytes.limit());
          }
        });
    requireSize(size.get(), entry);
    return whole.array();
  }

  /** A file that another program replaced since it was listed is not the one that was asked for. */
  private static void requireSize(long size, Entry entry) throws EntryException {
    if (size != entry.size()) {
      throw new EntryException(Reason.NO_SUCH_ENTRY, entry.name());
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static Path temporary(Path file) {
    return file.resolveSibling(".usbguard-" + UUID.randomUUID() + ".part");
  }

  private static void publish(Path fresh, Path file) throws IOException {
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  // The umask takes from these what the user's settings say.
  private FileAttribute<?>[] mode(Entry entry) {
    if (attributes != DiskEntry.Attributes.POSIX || !(entry.executable() || entry.readOnly())) {
      return new FileAttribute<?>[0];
    }
    String owner = (entry.readOnly() ? "r-" : "rw") + (entry.executable() ? "x" : "-");
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(owner + owner + owner))
    };
  }

  private void finish(Entry entry, Path file) throws IOException {
    setTimes(entry, file);
    if (entry.readOnly() && attributes == DiskEntry.Attributes.DOS) {
      Files.getFileAttributeView(file, DosFileAttributeView.class).setReadOnly(true);
    }
  }

  /**
   * The access time is given too: without it Java asks for it first. Nor need it open the file once
   * more where no link is followed.
   */
  static void setTimes(Entry entry, Path file) throws IOException {
    FileTime modified = FileTime.from(entry.modified());
    Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(modified, modified, FileTime.from(entry.created()));
  }
}
