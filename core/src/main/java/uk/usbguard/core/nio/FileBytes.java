package uk.usbguard.core.nio;

import java.io.IOException;
import uk.usbguard.core.container.FileEditor;
import uk.usbguard.core.container.FileReader;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.ReadOnlyContainerException;

/** The bytes of one open file, for reading or for both. */
interface FileBytes {

  /** The id of the file. */
  long id();

  /** Reads up to so many bytes; -1 behind the end. */
  int read(long position, byte[] target, int offset, int length)
      throws IOException, ContainerException;

  long size();

  /** Writes bytes; behind the end the file grows, with zeros in between. */
  void write(long position, byte[] source, int offset, int length)
      throws IOException, ContainerException;

  /** Writes bytes at the end, wherever that is by then; returns the new size. */
  long append(byte[] source, int offset, int length) throws IOException, ContainerException;

  void truncate(long size) throws IOException, ContainerException;

  /** Hands over what was changed, so that others see it. */
  void flush() throws IOException, ContainerException;

  void close() throws IOException, ContainerException;

  /** A file of a container that is open for reading. */
  record Stored(FileReader reader) implements FileBytes {

    @Override
    public long id() {
      return reader.entry().id();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length)
        throws IOException, ContainerException {
      return reader.read(position, target, offset, length);
    }

    @Override
    public long size() {
      return reader.size();
    }

    @Override
    public void write(long position, byte[] source, int offset, int length)
        throws ContainerException {
      throw new ReadOnlyContainerException("opened for reading");
    }

    @Override
    public long append(byte[] source, int offset, int length) throws ContainerException {
      throw new ReadOnlyContainerException("opened for reading");
    }

    @Override
    public void truncate(long size) throws ContainerException {
      throw new ReadOnlyContainerException("opened for reading");
    }

    @Override
    public void flush() {
      // nothing was changed
    }

    @Override
    public void close() {
      // a reader holds nothing
    }
  }

  /** A file of a container that is open for writing, shared by all channels on it. */
  record Edited(FileEditor editor, boolean writes) implements FileBytes {

    @Override
    public long id() {
      return editor.id();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length)
        throws IOException, ContainerException {
      return editor.read(position, target, offset, length);
    }

    @Override
    public long size() {
      return editor.size();
    }

    @Override
    public void write(long position, byte[] source, int offset, int length)
        throws IOException, ContainerException {
      editor.write(position, source, offset, length);
    }

    @Override
    public long append(byte[] source, int offset, int length)
        throws IOException, ContainerException {
      return editor.append(source, offset, length);
    }

    @Override
    public void truncate(long size) throws IOException, ContainerException {
      editor.truncate(size);
    }

    @Override
    public void flush() throws IOException, ContainerException {
      editor.flush();
    }

    /** Whoever only reads has lost nothing if the changes of others were taken back. */
    @Override
    public void close() throws IOException, ContainerException {
      try {
        editor.close();
      } catch (ReadOnlyContainerException e) {
        if (writes) {
          throw e;
        }
      }
    }
  }
}
