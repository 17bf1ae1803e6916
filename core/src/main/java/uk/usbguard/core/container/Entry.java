package uk.usbguard.core.container;

import java.time.Instant;
import uk.usbguard.core.format.DirectoryEntry;

/**
 * A file or folder of a container, as it was when it was looked at.
 *
 * @param name as given, in NFC; empty for the root
 * @param id never used twice in one container
 * @param size in bytes; 0 for folders
 */
public record Entry(
    String name,
    EntryKind kind,
    long id,
    long size,
    Instant modified,
    Instant created,
    boolean executable,
    boolean readOnly) {

  static final long ROOT_ID = 1;

  static Entry of(DirectoryEntry e) {
    return new Entry(
        e.name(),
        e.isFolder() ? EntryKind.FOLDER : EntryKind.FILE,
        e.objectId(),
        e.size(),
        e.times().modified(),
        e.times().created(),
        e.attributes().executable(),
        e.attributes().readOnly());
  }

  static Entry root(Instant made) {
    return new Entry("", EntryKind.FOLDER, ROOT_ID, 0, made, made, false, false);
  }

  /** True for folders. */
  public boolean isFolder() {
    return kind == EntryKind.FOLDER;
  }

  /** Names and sizes can tell about patients: only the kind and id are shown. */
  @Override
  public String toString() {
    return kind + " " + id;
  }
}
