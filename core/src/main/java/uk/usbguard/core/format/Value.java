package uk.usbguard.core.format;

import java.util.Optional;

/** What a key of the index leads to. The key's kind says which of these it is. */
public sealed interface Value permits DirectoryEntry, ExtentRun, BatchUse, FreeRun, Orphan {

  /** The kind of key that leads to such a value. */
  Key.Kind keyKind();

  /** Length in a node or a trailer, without the length field. */
  int encodedLength();

  /** The epoch that the encoding refers to by number, if any. */
  Optional<EpochSalt> epoch();
}
