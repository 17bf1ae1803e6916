package uk.usbguard.core.error;

import java.nio.file.FileSystemException;

/** What has the name is no file: a folder, a pipe, a device. */
public final class NotAFileException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  /** Takes the path. */
  public NotAFileException(String path) {
    super(path);
  }
}
