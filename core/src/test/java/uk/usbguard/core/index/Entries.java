package uk.usbguard.core.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryAttributes;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.EntryTimes;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.ObjectKind;

/** Files that tests put into an index: numbered, in folder 1. */
final class Entries {

  private static final EntryTimes TIMES = new EntryTimes(Instant.EPOCH, Instant.EPOCH);

  private Entries() {}

  static Key key(int number) {
    return Key.entry(1, "letter %08d.docx".formatted(number));
  }

  static DirectoryEntry file(int number) {
    DataPointer content =
        new DataPointer(MemoryNodeStore.salt(77), number, 4096, 128, 1 + number % 60_000);
    return new DirectoryEntry(
        ObjectKind.FILE,
        "Letter %08d.docx".formatted(number),
        2 + number,
        EntryContent.oneRecord(content),
        EntryAttributes.NONE,
        TIMES);
  }

  static void put(Index index, int number) throws Exception {
    index.put(key(number), file(number));
  }

  /** An index of the files 0, step, 2 * step, ... below the end, written. */
  static Index written(MemoryNodeStore store, int end, int step) throws Exception {
    Index index = Index.empty(store);
    for (int i = 0; i < end; i += step) {
      put(index, i);
    }
    index.write();
    return index;
  }

  /** The numbers of the files that a cursor comes by. */
  static List<Integer> numbers(IndexCursor cursor) throws Exception {
    List<Integer> numbers = new ArrayList<>();
    while (cursor.advance()) {
      numbers.add(number(cursor));
    }
    return numbers;
  }

  static int number(IndexCursor cursor) {
    return (int) ((DirectoryEntry) cursor.value()).objectId() - 2;
  }

  /** The number in the name of a key, or of what is left of it in a bound. */
  static List<Integer> between(Key lowest, Key next, int end) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < end; i++) {
      if (key(i).compareTo(lowest) >= 0 && key(i).compareTo(next) < 0) {
        numbers.add(i);
      }
    }
    return numbers;
  }
}
