package uk.usbguard.core.format;

/** How a slot's KEK is made from what opens it, with costs that are within the limits. */
public sealed interface SlotKdf {

  /** The number in the format. */
  int code();

  /** Whether a slot of this type may name this derivation. */
  boolean fits(SlotType type);

  /** Argon2id, version 1.3. */
  record Argon2id(int memoryKib, int passes, int lanes) implements SlotKdf {

    static final int CODE = 1;

    public Argon2id {
      Required.that(
          within(
                  memoryKib,
                  FormatLimits.MINIMUM_ARGON2_MEMORY_KIB,
                  FormatLimits.MAXIMUM_ARGON2_MEMORY_KIB)
              && within(
                  passes, FormatLimits.MINIMUM_ARGON2_PASSES, FormatLimits.MAXIMUM_ARGON2_PASSES)
              && within(
                  lanes, FormatLimits.MINIMUM_ARGON2_LANES, FormatLimits.MAXIMUM_ARGON2_LANES),
          "costs out of bounds");
    }

    /** What it adds to the sum that is limited per key area. */
    public long totalKib() {
      return (long) memoryKib * passes;
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public boolean fits(SlotType type) {
      return type == SlotType.PASSPHRASE;
    }
  }

  /** PBKDF2-HMAC-SHA-512. */
  record Pbkdf2(int iterations) implements SlotKdf {

    static final int CODE = 2;

    public Pbkdf2 {
      Required.that(
          within(
              iterations,
              FormatLimits.MINIMUM_PBKDF2_ITERATIONS,
              FormatLimits.MAXIMUM_PBKDF2_ITERATIONS),
          "iterations out of bounds");
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public boolean fits(SlotType type) {
      return type == SlotType.PASSPHRASE;
    }
  }

  /** HKDF-SHA-256 from a key that is random already. */
  record Hkdf() implements SlotKdf {

    static final int CODE = 3;

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public boolean fits(SlotType type) {
      return type == SlotType.RECOVERY;
    }
  }

  /** Decapsulation with a private key. */
  record PublicKey() implements SlotKdf {

    static final int CODE = 4;

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public boolean fits(SlotType type) {
      return type.isPublicKey();
    }
  }

  private static boolean within(int value, int minimum, int maximum) {
    return value >= minimum && value <= maximum;
  }
}
