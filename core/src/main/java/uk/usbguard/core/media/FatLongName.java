package uk.usbguard.core.media;

import java.util.Optional;

/**
 * The long name in front of a short entry of FAT: parts that are numbered backwards and bear a sum
 * over the short name. Parts that do not fit are what something else left behind: every system
 * passes over them and shows the short name. Source: Microsoft, "FAT File System Specification",
 * 2000, "Long Directory Entries".
 */
final class FatLongName {

  private static final int SHORT_NAME = 11;
  private static final int SUM_AT = 13;
  private static final int FIRST_READ = 0x40;
  private static final int MOST_PARTS = 20;
  private static final int[] CHARS = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};

  private final StringBuilder name = new StringBuilder();

  /** The number of the part that was read last; 0 if none fits. */
  private int number;

  private int sum;

  /** Takes the next part, which is the entry at this place. */
  void add(Block entries, int at) {
    int said = entries.u8(at);
    boolean begins = (said & FIRST_READ) != 0;
    int here = said & ~FIRST_READ;
    boolean goesOn = here == number - 1 && entries.u8(at + SUM_AT) == sum;
    if (begins || !goesOn) {
      forget();
    }
    if (here > 0 && here <= MOST_PARTS && (begins || goesOn)) {
      number = here;
      sum = entries.u8(at + SUM_AT);
      name.insert(0, part(entries, at));
    }
  }

  /** The name, if all its parts were read and they are those of the short entry at this place. */
  Optional<String> of(Block entries, int at) {
    return number == 1 && sum == sum(entries, at) ? Optional.of(name.toString()) : Optional.empty();
  }

  /** What was read belongs to nothing. */
  void forget() {
    name.setLength(0);
    number = 0;
  }

  private static int sum(Block entries, int at) {
    int sum = 0;
    for (int i = 0; i < SHORT_NAME; i++) {
      sum = ((sum & 1) << 7) + (sum >> 1) + entries.u8(at + i) & 0xFF;
    }
    return sum;
  }

  private static String part(Block entries, int at) {
    StringBuilder part = new StringBuilder();
    for (int place : CHARS) {
      int c = entries.u16(at + place);
      if (c == 0 || c == 0xFFFF) {
        break;
      }
      part.append((char) c);
    }
    return part.toString();
  }
}
