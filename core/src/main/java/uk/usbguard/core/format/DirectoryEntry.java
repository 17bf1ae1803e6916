package uk.usbguard.core.format;

import java.util.Optional;

/**
 * A file or folder in its parent folder. The key holds the parent and the folded name; this holds
 * the name as it was given.
 *
 * @param kind file or folder
 * @param name the name as it was given, valid as {@link Names#check} says
 * @param objectId never used twice; at least 2, for 1 is the root folder
 * @param content where the bytes are; none for a folder
 * @param attributes flags
 * @param times when changed and made
 */
public record DirectoryEntry(
    ObjectKind kind,
    String name,
    long objectId,
    EntryContent content,
    EntryAttributes attributes,
    EntryTimes times)
    implements Value {

  /** Bytes before the name. */
  static final int FIXED_LENGTH = 46;

  static final int MIN_LENGTH = FIXED_LENGTH + 1;

  private static final long FIRST_ID = 2;

  /** Refuses what the format cannot hold. */
  public DirectoryEntry {
    String problem = problem(kind, name, objectId, content);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** What is wrong with such an entry, or the empty string; never shows the name. */
  static String problem(ObjectKind kind, String name, long objectId, EntryContent content) {
    if (objectId < FIRST_ID) {
      return "object id " + objectId;
    }
    if (kind == ObjectKind.FOLDER && content.size() != 0) {
      return "folder with content";
    }

    return Names.check(name).map(problem -> "name " + problem).orElse("");
  }

  /** Number of content bytes. */
  public long size() {
    return content.size();
  }

  /** Whether this is a folder. */
  public boolean isFolder() {
    return kind == ObjectKind.FOLDER;
  }

  /** The key under which this stands in a folder. */
  public Key keyIn(long parent) {
    return Key.entry(parent, Names.fold(name));
  }

  /** The same under another name. */
  public DirectoryEntry withName(String newName) {
    return new DirectoryEntry(kind, newName, objectId, content, attributes, times);
  }

  /** The same with other content. */
  public DirectoryEntry withContent(EntryContent newContent) {
    return new DirectoryEntry(kind, name, objectId, newContent, attributes, times);
  }

  /** The same with other attributes. */
  public DirectoryEntry withAttributes(EntryAttributes newAttributes) {
    return new DirectoryEntry(kind, name, objectId, content, newAttributes, times);
  }

  /** The same with other times. */
  public DirectoryEntry withTimes(EntryTimes newTimes) {
    return new DirectoryEntry(kind, name, objectId, content, attributes, newTimes);
  }

  /** Everything but the name, which does not belong in a log. */
  @Override
  public String toString() {
    return kind + " " + objectId + " of " + size() + " bytes";
  }

  @Override
  public Key.Kind keyKind() {
    return Key.Kind.ENTRY;
  }

  @Override
  public int encodedLength() {
    return FIXED_LENGTH + Names.utf8Length(name) + ContentCodec.encodedLength(content);
  }

  @Override
  public Optional<EpochSalt> epoch() {
    return content instanceof EntryContent.OneRecord one
        ? Optional.of(one.record().epoch())
        : Optional.empty();
  }
}
