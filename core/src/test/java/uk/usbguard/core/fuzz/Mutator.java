package uk.usbguard.core.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes inputs out of good ones: one input for each number, the same for ever. */
final class Mutator {

  private static final int MOST_CHANGES = 6;
  private static final long[] TELLING = {
    0,
    1,
    -1,
    2,
    127,
    128,
    255,
    256,
    65_535,
    65_536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 32
  };

  private final List<byte[]> seeds;
  private final int longest;
  private final long start;

  Mutator(List<byte[]> seeds, int longest, long start) {
    this.seeds = seeds;
    this.longest = longest;
    this.start = start;
  }

  /** Input number n; the first ones are the seeds as they are. */
  byte[] input(long n) {
    if (n < seeds.size()) {
      return seeds.get((int) n).clone();
    }
    Random random = new Random(start * 31 + n);
    byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
    for (int left = 1 + random.nextInt(MOST_CHANGES); left > 0; left--) {
      bytes = changed(bytes, random);
    }
    return bytes.length > longest ? Arrays.copyOf(bytes, longest) : bytes;
  }

  private byte[] changed(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return new byte[1 + random.nextInt(64)];
    }
    int at = place(bytes.length, random);
    switch (random.nextInt(9)) {
      case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] = (byte) random.nextInt();
      case 3, 4 -> number(bytes, at, random);
      case 5 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      }
      case 6 -> {
        return spliced(bytes, at, 0, piece(bytes, random));
      }
      case 7 -> {
        return spliced(bytes, at, 1 + random.nextInt(bytes.length - at), new byte[0]);
      }
      default -> {
        byte[] other = piece(seeds.get(random.nextInt(seeds.size())), random);
        return spliced(bytes, at, Math.min(other.length, bytes.length - at), other);
      }
    }
    return bytes;
  }

  /** Fields stand in front more often than not. */
  private static int place(int length, Random random) {
    return random.nextInt(random.nextBoolean() ? length : Math.min(length, 96));
  }

  private static void number(byte[] bytes, int at, Random random) {
    long value = TELLING[random.nextInt(TELLING.length)] + random.nextInt(3) - 1;
    int width = Math.min(1 << random.nextInt(4), bytes.length - at);
    for (int i = 0; i < width; i++) {
      bytes[at + i] = (byte) (value >>> 8 * (width - 1 - i));
    }
  }

  private static byte[] piece(byte[] of, Random random) {
    if (of.length == 0) {
      return new byte[4];
    }
    int from = random.nextInt(of.length);
    return Arrays.copyOfRange(of, from, from + 1 + random.nextInt(of.length - from));
  }

  private static byte[] spliced(byte[] bytes, int at, int without, byte[] with) {
    byte[] result = new byte[bytes.length - without + with.length];
    System.arraycopy(bytes, 0, result, 0, at);
    System.arraycopy(with, 0, result, at, with.length);
    int rest = bytes.length - at - without;
    System.arraycopy(bytes, at + without, result, at + with.length, rest);
    return result;
  }
}
