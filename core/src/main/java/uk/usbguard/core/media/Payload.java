package uk.usbguard.core.media;

import java.util.List;

/**
 * Where a container says that its ciphertext lies, in offsets of its region.
 *
 * @param keyMaterial where wrapped keys lie, which has to look random
 * @param apart what lies inside and is not ciphertext by design, such as metadata
 */
record Payload(Span ciphertext, List<Span> keyMaterial, List<Span> apart, Looks looks) {

  /** What ciphertext of this format looks like on the medium. */
  enum Looks {
    /** Random wherever it was written. */
    RANDOM,
    /** Our own batches: random, with short frames in clear and zeros up to the next 4096. */
    BATCHES,
    /** Ciphertext and metadata in any order: nothing can be told from a sample. */
    MIXED
  }

  Payload {
    keyMaterial = List.copyOf(keyMaterial);
    apart = List.copyOf(apart);
  }
}
