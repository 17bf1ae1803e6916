package uk.usbguard.core.error;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;

/**
 * The medium could not give the bytes of a container that is open: a bad sector, a drive that fails
 * or was pulled out. What else is there may still be read.
 */
public final class MediumReadException extends IOException {

  private static final long serialVersionUID = 1L;

  private MediumReadException(IOException cause) {
    super(cause.getMessage(), cause);
  }

  /**
   * This for what a failed read of an open file threw. A file that was closed or could not be
   * opened is no matter of what is on the medium, and stays what it is.
   */
  public static IOException of(IOException thrown) {
    boolean other =
        thrown instanceof ClosedChannelException
            || thrown instanceof FileSystemException
            || thrown instanceof InterruptedIOException;
    return other ? thrown : new MediumReadException(thrown);
  }
}
