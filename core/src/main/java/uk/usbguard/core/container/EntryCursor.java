package uk.usbguard.core.container;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexCursor;

/**
 * Goes through the entries of one folder in the order of their folded names, in the same memory
 * however many there are. Entries that come or go meanwhile may be seen or not.
 */
public final class EntryCursor {

  private final Session session;
  private final Key end;
  private final @Nullable Consumer<DamagedContainerException> damage;
  private Key from;
  private @Nullable Index index;
  private @Nullable IndexCursor cursor;
  private @Nullable Key currentKey;
  private @Nullable DirectoryEntry current;

  EntryCursor(Session session, long folder, @Nullable Consumer<DamagedContainerException> damage) {
    this.session = session;
    this.from = Key.folderPrefix(folder);
    this.end = from.afterPrefix();
    this.damage = damage;
  }

  /**
   * Goes to the next entry.
   *
   * @return false if there is none
   */
  public boolean advance() throws IOException, ContainerException {
    current = session.reading(this::next).orElse(null);
    return current != null;
  }

  private Optional<DirectoryEntry> next(Index now) throws IOException, DamagedContainerException {
    IndexCursor at = cursor;
    if (at == null || index != now) {
      at = open(now);
      cursor = at;
      index = now;
    }
    while (at.advance()) {
      from = at.key().successor();
      if (at.value() instanceof DirectoryEntry entry) {
        currentKey = at.key();
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  private IndexCursor open(Index now) {
    Consumer<DamagedContainerException> listener = damage;
    if (listener == null) {
      return now.scan(from, end);
    }
    return now.scanTolerant(
        from,
        end,
        (pointer, lowest, next) ->
            listener.accept(
                new DamagedContainerException(
                    DamagedContainerException.Part.INDEX, pointer.position(), "node")));
  }

  /** The entry it is at. */
  public Entry current() {
    return Entry.of(there());
  }

  /**
   * The file it is at, for reading; it need not be looked up again.
   *
   * @throws IllegalStateException if it is at a folder
   */
  public FileReader openCurrent() {
    DirectoryEntry entry = there();
    Key key = currentKey;
    if (entry.isFolder() || key == null) {
      throw new IllegalStateException("not at a file");
    }
    return new FileReader(session, key, entry);
  }

  private DirectoryEntry there() {
    DirectoryEntry entry = current;
    if (entry == null) {
      throw new IllegalStateException("not at an entry");
    }
    return entry;
  }
}
