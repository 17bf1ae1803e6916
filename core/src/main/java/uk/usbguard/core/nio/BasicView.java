package uk.usbguard.core.nio;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** Reads and sets the attributes of whatever is at a path by then. */
record BasicView(EntryPath path) implements BasicFileAttributeView {

  @Override
  public String name() {
    return BasicAttributes.VIEW;
  }

  @Override
  public BasicFileAttributes readAttributes() throws IOException {
    return path.getFileSystem().entries().attributes(path);
  }

  @Override
  public void setTimes(
      @Nullable FileTime lastModified, @Nullable FileTime lastAccess, @Nullable FileTime creation)
      throws IOException {
    path.getFileSystem().entries().setTimes(path, lastModified, creation);
  }

  /** Sets one attribute by its name. */
  void set(String name, @Nullable Object value) throws IOException {
    FileTime time = (FileTime) value;
    switch (name) {
      case BasicAttributes.LAST_MODIFIED -> setTimes(time, null, null);
      case BasicAttributes.LAST_ACCESS -> setTimes(null, time, null);
      case BasicAttributes.CREATION -> setTimes(null, null, time);
      default -> throw new IllegalArgumentException("cannot be set: " + name);
    }
  }
}
