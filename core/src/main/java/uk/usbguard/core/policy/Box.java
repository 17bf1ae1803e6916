package uk.usbguard.core.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** For each {@link Trait} a set of values: all facts whose values are among them. */
@SuppressWarnings("EnumOrdinal") // a bit for each value: nothing outlives the process
final class Box {

  private final long[] bits;

  private Box(long[] bits) {
    this.bits = bits;
  }

  /** Everything. */
  static Box all(AgeScale scale) {
    return new Box(Arrays.stream(Trait.values()).mapToLong(trait -> trait.all(scale)).toArray());
  }

  /** The one point at which the facts are. */
  static Box of(Facts facts, AgeScale scale) {
    return new Box(
        Arrays.stream(Trait.values()).mapToLong(trait -> trait.of(facts, scale)).toArray());
  }

  /** The same but for one trait, of which only these values are left. */
  Box with(Trait trait, long values) {
    long[] copy = bits.clone();
    copy[trait.ordinal()] &= values;
    return new Box(copy);
  }

  boolean isEmpty() {
    for (long values : bits) {
      if (values == 0) {
        return true;
      }
    }
    return false;
  }

  boolean meets(Box other) {
    for (int i = 0; i < bits.length; i++) {
      if ((bits[i] & other.bits[i]) == 0) {
        return false;
      }
    }
    return true;
  }

  /** What is left of this without the other: boxes that do not meet each other. */
  List<Box> minus(Box other) {
    if (!meets(other)) {
      return List.of(this);
    }
    List<Box> left = new ArrayList<>();
    long[] inside = bits.clone();
    for (int i = 0; i < bits.length; i++) {
      long outside = inside[i] & ~other.bits[i];
      if (outside != 0) {
        long[] piece = inside.clone();
        piece[i] = outside;
        left.add(new Box(piece));
        inside[i] &= other.bits[i];
      }
    }
    return left;
  }
}
