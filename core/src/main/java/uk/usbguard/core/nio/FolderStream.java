package uk.usbguard.core.nio;

import java.io.IOException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.container.EntryCursor;
import uk.usbguard.core.error.ContainerException;

/** The entries of one folder, in the order of the container, once. */
final class FolderStream implements DirectoryStream<Path> {

  private final EntryPath folder;
  private final EntryCursor cursor;
  private final DirectoryStream.Filter<? super Path> filter;
  private final Consumer<FolderStream> onClose;
  private boolean given;
  private volatile boolean closed;

  FolderStream(
      EntryPath folder,
      EntryCursor cursor,
      DirectoryStream.Filter<? super Path> filter,
      Consumer<FolderStream> onClose) {
    this.folder = folder;
    this.cursor = cursor;
    this.filter = filter;
    this.onClose = onClose;
  }

  @Override
  public Iterator<Path> iterator() {
    if (closed) {
      throw new ClosedDirectoryStreamException();
    }
    if (given) {
      throw new IllegalStateException("there is one iterator only");
    }
    given = true;
    return new Entries();
  }

  @Override
  public void close() {
    closed = true;
    onClose.accept(this);
  }

  private final class Entries implements Iterator<Path> {

    private @Nullable Path next;

    @Override
    public boolean hasNext() {
      if (next == null) {
        next = findNext();
      }
      return next != null;
    }

    @Override
    public Path next() {
      Path found = next == null ? findNext() : next;
      next = null;
      if (found == null) {
        throw new NoSuchElementException();
      }
      return found;
    }

    private @Nullable Path findNext() {
      try {
        while (!closed && cursor.advance()) {
          Path path = folder.child(cursor.current().name());
          if (filter.accept(path)) {
            return path;
          }
        }
        return null;
      } catch (IOException e) {
        throw new DirectoryIteratorException(e);
      } catch (ContainerException e) {
        throw new DirectoryIteratorException(Failures.of(e, folder.toString()));
      }
    }
  }
}
