package uk.usbguard.core.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * Exclusive use of whatever a lock file stands for, among all threads and processes that ask for it
 * in this way. The system gives it back when the process ends however it ends; the lock file stays.
 */
public final class FileLease implements AutoCloseable {

  private final FileChannel channel;
  private final Object claimed;

  private FileLease(FileChannel channel, Object claimed) {
    this.channel = channel;
    this.claimed = claimed;
  }

  /** Tries once; nothing if somebody else has it. Makes the lock file if it is missing. */
  public static Optional<FileLease> tryTake(Path lockFile) throws IOException {
    Path folder = lockFile.toAbsolutePath().getParent();
    Object identity =
        (folder == null ? lockFile : folder.toRealPath()).resolve(lockFile.getFileName());
    // Before anything is opened: closing a second channel would give the first one's lock up.
    if (!ProcessClaims.claim(identity, true)) {
      return Optional.empty();
    }
    Optional<FileLease> lease = Optional.empty();
    try {
      lease = lock(lockFile, identity);
    } finally {
      if (lease.isEmpty()) {
        ProcessClaims.release(identity);
      }
    }
    return lease;
  }

  private static Optional<FileLease> lock(Path lockFile, Object identity) throws IOException {
    FileChannel channel =
        FileChannel.open(
            lockFile,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PrivateFile.ownerOnly(lockFile, "rw-------"));
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return lock == null ? Optional.empty() : Optional.of(new FileLease(channel, identity));
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      ProcessClaims.release(claimed);
    }
  }
}
