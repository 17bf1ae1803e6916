package uk.usbguard.core.nio;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Entry;
import uk.usbguard.core.container.FileEditor;
import uk.usbguard.core.container.FileMeta;
import uk.usbguard.core.container.PutMode;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.error.EntryException.Reason;
import uk.usbguard.core.error.KeyExpiredException;

/** Opens the channels of a file system, and knows all that is open. */
final class OpenFiles {

  private final Container container;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

  /** Channels that may write, with the ids of their files. */
  private final Map<EntryChannel, Long> writers = new ConcurrentHashMap<>();

  OpenFiles(Container container) {
    this.container = container;
  }

  <T extends Closeable> T add(T stream) {
    open.add(stream);
    return stream;
  }

  void remove(Closeable stream) {
    open.remove(stream);
  }

  /** Opens a file. */
  EntryChannel open(EntryPath path, ChannelOptions options, Entries entries) throws IOException {
    if (options.write() || options.deleteOnClose()) {
      entries.requireWritable();
    }
    return Entries.step(path, () -> openChannel(path, options, entries));
  }

  private EntryChannel openChannel(EntryPath path, ChannelOptions options, Entries entries)
      throws IOException, ContainerException {
    ContainerPath at = path.inContainer();
    FileBytes bytes = options.write() ? edited(at, options) : toRead(at);
    long id = bytes.id();
    EntryChannel.AfterChanges after =
        new EntryChannel.AfterChanges() {
          @Override
          public void commit() throws IOException {
            Entries.step(path, container::commit);
          }

          @Override
          public void closed(EntryChannel channel) throws IOException {
            open.remove(channel);
            writers.remove(channel);
            if (options.deleteOnClose()) {
              entries.deleteIfStill(path, id);
            }
          }
        };
    EntryChannel channel = add(new EntryChannel(bytes, options, path.toString(), after));
    if (options.write()) {
      writers.put(channel, id);
    }
    return channel;
  }

  private FileBytes edited(ContainerPath at, ChannelOptions options)
      throws IOException, ContainerException {
    FileEditor editor =
        switch (options.creation()) {
          case NONE -> container.editExisting(at);
          case IF_MISSING -> container.edit(at);
          case ALWAYS -> create(at);
        };
    FileBytes bytes = new FileBytes.Edited(editor, true);
    if (options.truncate()) {
      bytes.truncate(0);
    }
    return bytes;
  }

  private FileEditor create(ContainerPath at) throws IOException, ContainerException {
    if (at.isRoot()) {
      throw new EntryException(Reason.EXISTS, at.toString());
    }
    FileMeta meta = FileMeta.at(container.now());
    Entry made = container.put(at, meta, new ByteArrayInputStream(new byte[0]), PutMode.CREATE);
    FileEditor editor = container.editExisting(at);
    if (editor.id() != made.id()) {
      editor.close();
      throw new EntryException(Reason.EXISTS, at.toString()); // somebody was quicker
    }
    return editor;
  }

  /** In a container that is written to, reading has to see what others have just written. */
  private FileBytes toRead(ContainerPath at) throws IOException, ContainerException {
    if (container.isWritable()) {
      try {
        return new FileBytes.Edited(container.editExisting(at), false);
      } catch (KeyExpiredException e) {
        return new FileBytes.Stored(container.openFile(at)); // then nobody writes
      }
    }
    return new FileBytes.Stored(container.openFile(at));
  }

  /**
   * Lets everybody see what was written to a file.
   *
   * @return whether there is anybody who may have written
   */
  boolean flush(long id) throws IOException {
    boolean written = false;
    for (Map.Entry<EntryChannel, Long> writer : writers.entrySet()) {
      if (writer.getValue() == id) {
        writer.getKey().flush();
        written = true;
      }
    }
    return written;
  }

  /** Closes everything; the first failure is thrown, the others go with it. */
  void close() throws IOException {
    IOException first = null;
    for (Closeable stream : open) {
      try {
        stream.close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
