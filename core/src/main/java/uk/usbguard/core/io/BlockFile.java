package uk.usbguard.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One file of a container, addressed by byte. Reads and writes at different places may run in
 * several threads at once.
 *
 * <p>After a crash or a pulled stick, what was written since the last {@link #force} that the
 * device honoured may be there wholly, in part, in any order or not at all; a device that lies may
 * lose more. What was not written since is as it was. Whoever builds on this verifies what it
 * reads.
 */
public interface BlockFile extends AutoCloseable {

  /**
   * Reads into all of {@code target}, or as much as there is up to the end of the file.
   *
   * @return the number of bytes read; fewer than asked for only at the end of the file
   */
  int readAt(long offsetBytes, ByteBuffer target) throws IOException;

  /** Writes all of {@code source}; the file grows if it has to. */
  void writeAt(long offsetBytes, ByteBuffer source) throws IOException;

  /**
   * Returns when the system says that all that was written is on the medium. If it throws, nobody
   * knows what is there: the caller must stop writing and look.
   *
   * @param withLength also the file's length and place, after it grew
   */
  void force(boolean withLength) throws IOException;

  /** The length in bytes. */
  long size() throws IOException;

  /** Cuts the file off behind {@code sizeBytes}. */
  void truncate(long sizeBytes) throws IOException;

  /**
   * Takes the writer's lock, which the system gives back when the process ends however it ends.
   *
   * @return false if somebody else has it
   */
  boolean tryLock() throws IOException;

  @Override
  void close() throws IOException;
}
