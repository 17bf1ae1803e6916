package uk.usbguard.core.fuzz;

import com.google.errorprone.annotations.Immutable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A parser and what has to hold for every input: it reads it and writes the same bytes again, or
 * refuses it with the exception that it declares. Sealed things open only if they are what was
 * sealed, and show nothing otherwise.
 */
@SuppressWarnings("ImmutableEnumChecker") // method references without state
enum FuzzTarget {
  KEY_AREA("key-areas", 24_576, KeyAreaTargets::keyArea),
  /** The same with a right checksum, so that what it protects from accidents is reached. */
  KEY_AREA_SUMMED("key-areas", 20_512, KeyAreaTargets::summed),
  KEY_SLOT("slots", 1_024, KeyAreaTargets::slot),
  ROOT_SLOT("root-slots", 96, RecordTargets::rootSlot),
  SEGMENT_HEADER("segment-headers", 4_096, RecordTargets::segmentHeader),
  FRAME("frames", 128, RecordTargets::frame),
  TRAILER("trailers", 70_000, RecordTargets::trailer),
  COMMIT("commits", 50_000, RecordTargets::commit),
  NODE("nodes", 16_385, RecordTargets::node),
  SEALED_RECORD("sealed-records", 2_048, SealedTargets::record),
  SEALED_ROOT("sealed-roots", 4_096, SealedTargets::root),
  SEALED_BATCH("sealed-batches", 16_384, SealedTargets::batch),
  RECOVERY_KEY("recovery-key", 400, TextTargets::recoveryKey),
  PASSPHRASE("names", 4_096, TextTargets::passphrase),
  CONTAINER_PATH("names", 8_192, TextTargets::containerPath),
  POLICY("policies", 8_192, DocumentTargets::policy),
  FACTS("facts", 4_096, DocumentTargets::facts),
  REGISTER_CSV("register-csv", 8_192, DocumentTargets::csv),
  REGISTER_JSON("register-json", 8_192, DocumentTargets::json),
  KEY_FILE("key-files", 4_097, DocumentTargets::key),
  MEDIUM("media", MediaTargets.LONGEST, MediaTargets::scan);

  /** More than any of them needs for a small input: the largest batch is 16 MiB. */
  private static final long MOST_ALLOCATED = 24L << 20;

  private final String seeds;
  private final int longest;
  private final Property property;

  /** What has to hold for an input. */
  @Immutable
  @FunctionalInterface
  interface Property {
    void check(byte[] input) throws Exception;
  }

  FuzzTarget(String seeds, int longest, Property property) {
    this.seeds = seeds;
    this.longest = longest;
    this.property = property;
  }

  /** Inputs to begin with: what was found before, then the vectors. */
  List<byte[]> seeds() throws Exception {
    List<byte[]> all = new ArrayList<>(FuzzSeeds.kept(method()));
    all.addAll(FuzzSeeds.of(seeds));
    return all;
  }

  /** The method of ParserFuzzTest for it. */
  private String method() {
    String[] words = name().toLowerCase(Locale.ROOT).split("_");
    StringBuilder method = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      method
          .append(words[i].substring(0, 1).toUpperCase(Locale.ROOT))
          .append(words[i].substring(1));
    }
    return method.toString();
  }

  /** The longest input that makes sense. */
  int longest() {
    return longest;
  }

  /** Bytes that reading one input may allocate. */
  long mostAllocated() {
    return switch (this) {
      case SEALED_BATCH -> 2 * MOST_ALLOCATED;
      // Scanned twice: 2 MiB in windows of 64 KiB and in gaps, each read with a copy.
      case MEDIUM -> 2 * MOST_ALLOCATED;
      // Thousands of names are asserted one by one.
      case CONTAINER_PATH -> MOST_ALLOCATED / 4;
      // Two bytes can be a row, and each is read, written and read again.
      case REGISTER_CSV -> MOST_ALLOCATED;
      default -> MOST_ALLOCATED / 8;
    };
  }

  /** Checks one input. */
  void check(byte[] input) throws Exception {
    property.check(input);
  }
}
