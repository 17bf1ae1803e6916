package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.format.Key;

/** All that holds changes of single files back until a commit asks for them. */
final class HeldChanges {

  private final List<Holder> holders = new ArrayList<>();

  /** Something that holds changes of one file back. */
  interface Holder {
    /** Hands them over. */
    void flush() throws IOException, ContainerException;

    /** They cannot be handed over any more. */
    void lose();

    /** The file has another key now. */
    void moved(long objectId, Key key);
  }

  void add(Holder holder) {
    holders.add(holder);
  }

  void remove(Holder holder) {
    holders.remove(holder);
  }

  /** The file of this id, if somebody edits it. */
  Optional<EditedFile> edited(long objectId) {
    return holders.stream()
        .filter(EditedFile.class::isInstance)
        .map(EditedFile.class::cast)
        .filter(file -> file.objectId() == objectId)
        .findFirst();
  }

  /** An entry has another key now. */
  void moved(long objectId, Key key) {
    holders.forEach(holder -> holder.moved(objectId, key));
  }

  /** A file that was removed while it was edited takes its changes with it, and nothing else. */
  void flushAll() throws IOException, ContainerException {
    for (Holder holder : List.copyOf(holders)) {
      try {
        holder.flush();
      } catch (EntryException e) {
        holder.lose();
        holders.remove(holder);
      }
    }
  }

  /** The container went back to an older state: what was meant for the newer one is void. */
  void loseAll() {
    holders.forEach(Holder::lose);
    holders.clear();
  }
}
