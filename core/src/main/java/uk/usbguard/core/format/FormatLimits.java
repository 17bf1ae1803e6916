package uk.usbguard.core.format;

import java.util.List;

/** The fixed numbers of format version 1, sections 1 to 7 of docs/format.md in their order. */
public final class FormatLimits {

  public static final int VERSION = 1;

  /** Batches, areas and the file itself are multiples of this. */
  public static final int BLOCK = 4096;

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  // Section 1: what is where.

  /** Where the anchor areas stand in segment 0. */
  public static final List<Long> AREA_POSITIONS = List.of(0L, 1L * MIB, 32L * MIB);

  public static final int AREA_LENGTH = 32 * BLOCK;

  /** Written with zeros at creation, between the first two areas. */
  public static final int RESERVE_POSITION = AREA_LENGTH;

  public static final int RESERVE_LENGTH = MIB - RESERVE_POSITION;

  /** Where batches start in segment 0. */
  public static final int FIRST_BATCH_POSITION = MIB + AREA_LENGTH;

  public static final int SEGMENT_HEADER_LENGTH = BLOCK;

  /** No file is longer: FAT32. */
  public static final long MAXIMUM_FILE_LENGTH = (1L << 32) - 1;

  public static final int MAXIMUM_SEGMENTS = 1000;

  public static final int MINIMUM_SEGMENT_MIB = 4;
  public static final int MAXIMUM_SEGMENT_MIB = 4095;

  // Section 2: the key area.

  public static final int KEY_SLOTS = 16;
  public static final int KEY_SLOT_LENGTH = KIB;
  public static final int KEY_AREA_HEADER_LENGTH = BLOCK;
  public static final int KEY_AREA_TAIL_LENGTH = BLOCK;

  /** Where the tail stands, and how much the MAC of the key area covers: header and slots. */
  public static final int KEY_AREA_MAC_POSITION =
      KEY_AREA_HEADER_LENGTH + KEY_SLOTS * KEY_SLOT_LENGTH;

  public static final int MAC_LENGTH = 32;

  /** Where the CRC stands, and how much it covers: header, slots and MAC. */
  public static final int KEY_AREA_CRC_POSITION = KEY_AREA_MAC_POSITION + MAC_LENGTH;

  public static final int CRC_LENGTH = 4;

  public static final int KEY_AREA_LENGTH = KEY_AREA_MAC_POSITION + KEY_AREA_TAIL_LENGTH;

  public static final long MAXIMUM_KEY_GENERATION = 1L << 31;

  public static final int CONTAINER_ID_LENGTH = 16;
  public static final int SLOT_ID_LENGTH = 16;
  public static final int SALT_LENGTH = 32;
  public static final int CHECK_VALUE_LENGTH = 32;
  public static final int WRAPPED_KEY_LENGTH = 40;
  public static final int MAXIMUM_PUBLIC_PART_LENGTH = 848;

  public static final int MINIMUM_ARGON2_MEMORY_KIB = 19 * KIB;
  public static final int MAXIMUM_ARGON2_MEMORY_KIB = MIB;
  public static final int MINIMUM_ARGON2_PASSES = 2;
  public static final int MAXIMUM_ARGON2_PASSES = 16;
  public static final int MINIMUM_ARGON2_LANES = 1;
  public static final int MAXIMUM_ARGON2_LANES = 16;
  public static final int MINIMUM_PBKDF2_ITERATIONS = 220_000;
  public static final int MAXIMUM_PBKDF2_ITERATIONS = 10_000_000;

  /** Memory in KiB times passes, summed over all Argon2id slots: 8 GiB. */
  public static final long MAXIMUM_ARGON2_TOTAL_KIB = 8L * MIB;

  public static final int MAXIMUM_PASSPHRASE_SLOTS = 8;

  /** Seconds since 1970; the end of the year 9999. */
  public static final long MAXIMUM_SECONDS = 253_402_300_799L;

  // Section 3: keys.

  public static final int MASTER_KEY_LENGTH = 32;
  public static final int EPOCH_SALT_LENGTH = 32;

  /** After so many records the writer draws a new epoch salt. */
  public static final long MAXIMUM_RECORDS_PER_EPOCH = 1L << 31;

  // Section 4: root slots.

  /** Where the ring of root slots stands in an anchor area. */
  public static final int RING_OFFSET = 16 * BLOCK;

  public static final int RING_SLOTS = 16;
  public static final int ROOT_SLOT_LENGTH = BLOCK;

  /** So many root slots are sealed under one root key at most. */
  public static final long MAXIMUM_GENERATION = 1L << 31;

  // Section 5: records.

  public static final int IV_LENGTH = 12;
  public static final int TAG_LENGTH = 16;
  public static final int RECORD_OVERHEAD = IV_LENGTH + TAG_LENGTH;

  /** Plaintext of one full data record, and the longest plaintext of any record. */
  public static final int EXTENT = 64 * KIB;

  public static final int RECORD_AAD_LENGTH = 81;

  // Section 6: batches and commits.

  public static final int FRAME_LENGTH = 128;
  public static final int MAXIMUM_BATCH_LENGTH = 16 * MIB;
  public static final int MAXIMUM_BATCHES_PER_COMMIT = 4096;
  public static final int COMMIT_RECORD_FIXED_LENGTH = 219;

  private FormatLimits() {}
}
