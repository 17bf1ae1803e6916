package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.usbguard.core.error.DamagedContainerException;

/**
 * The epochs that one node or trailer speaks of, by number. A writer gets numbers in the order of
 * first use; a reader looks salts up and insists on that order, so that one content has one
 * encoding.
 */
public final class EpochTable {

  /** Most epochs of one table: numbers have two bytes. */
  static final int MAX = 0xFFFF;

  private final List<EpochSalt> salts = new ArrayList<>();
  private final Map<EpochSalt, Integer> numbers = new HashMap<>();
  private int used;

  /** An empty table, as a node begins. */
  public EpochTable() {}

  /** A table whose number 0 is given and counts as used, as in a trailer. */
  static EpochTable startingWith(EpochSalt first) {
    EpochTable table = new EpochTable();
    table.numberOf(first);
    return table;
  }

  /** Reads {@code count} salts. None of them counts as used. */
  static EpochTable read(FieldReader in, int count) throws DamagedContainerException {
    in.checkCount(count, EpochSalt.LENGTH, "epochs");
    EpochTable table = new EpochTable();
    for (int i = 0; i < count; i++) {
      EpochSalt salt = in.readEpochSalt();
      if (table.numbers.put(salt, i) != null) {
        throw in.damaged("epoch " + i + " stands twice");
      }
      table.salts.add(salt);
    }
    return table;
  }

  /** The number of this epoch, given out now if it is new. */
  int numberOf(EpochSalt epoch) {
    if (!salts.isEmpty() && salts.get(salts.size() - 1).equals(epoch)) {
      return salts.size() - 1;
    }
    Integer known = numbers.get(epoch);
    if (known != null) {
      return known;
    }
    if (salts.size() == MAX) {
      throw new IllegalStateException("more than " + MAX + " epochs");
    }
    numbers.put(epoch, salts.size());
    salts.add(epoch);
    used = salts.size();
    return used - 1;
  }

  /** The epoch with this number, which is used now. */
  EpochSalt saltOf(int number, FieldReader in) throws DamagedContainerException {
    if (number >= salts.size()) {
      throw in.damaged("epoch number " + number + " of " + salts.size());
    }
    if (number > used) {
      throw in.damaged("epoch number " + number + " before " + used);
    }
    used = Math.max(used, number + 1);
    return salts.get(number);
  }

  /** Counts number 0 as used, as in a trailer. */
  void useFirst(FieldReader in) throws DamagedContainerException {
    saltOf(0, in);
  }

  /** Refuses epochs that nothing refers to. */
  void requireAllUsed(FieldReader in) throws DamagedContainerException {
    if (used != salts.size()) {
      throw in.damaged(salts.size() - used + " epochs without use");
    }
  }

  /** How many epochs there are. */
  int size() {
    return salts.size();
  }

  /** Length of the salts, without their count. */
  int encodedLength() {
    return salts.size() * EpochSalt.LENGTH;
  }

  /** Writes the salts, without their count. */
  void write(ByteBuffer out) {
    for (EpochSalt salt : salts) {
      salt.writeTo(out);
    }
  }
}
