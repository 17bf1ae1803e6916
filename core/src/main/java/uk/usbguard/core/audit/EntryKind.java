package uk.usbguard.core.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an entry of the log is. */
enum EntryKind {
  /** The first of each file: which log, which file of it, which key. */
  LOG,
  /** Something that happened. */
  EVENT,
  /** A signature over all that stands before it. */
  CHECKPOINT,
  /** Bytes before this entry were left by a crash and belong to no entry. */
  RECOVERED,
  /** The writer remembers a head that is not in this log: something is missing or was replaced. */
  ROLLBACK;

  private final String id = name().toLowerCase(Locale.ROOT);

  String id() {
    return id;
  }

  static Optional<EntryKind> of(String id) {
    return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findAny();
  }
}
