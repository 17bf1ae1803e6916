package uk.usbguard.core.registry;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a drive is for, and how long.
 *
 * @param assetReference where the information asset register or the record of processing has it
 * @param reviewDue when somebody looks whether the need is still there
 * @param expires the last day of use; null if only the review ends it
 */
public record Justification(
    String purpose,
    DataClass dataClass,
    String assetReference,
    LocalDate reviewDue,
    @Nullable LocalDate expires) {

  /** Shorter ones say nothing. */
  static final int PURPOSE_LENGTH = 20;

  /** Words that say nothing, however often they are written. */
  private static final Set<String> VAGUE =
      Set.of(
          "misc",
          "miscellaneous",
          "various",
          "general",
          "other",
          "work",
          "use",
          "data",
          "files",
          "stuff",
          "things",
          "purpose",
          "purposes",
          "business",
          "nhs",
          "tbc",
          "tbd",
          "none",
          "n",
          "a",
          "na",
          "and",
          "for",
          "of",
          "the",
          "to",
          "test",
          "asdf",
          "usb",
          "stick",
          "drive",
          "x");

  /** Whether the last day of use is over on this day: REG-02. */
  public boolean hasExpiredBy(LocalDate day) {
    return expires != null && day.isAfter(expires);
  }

  /** Refuses an empty, short or empty-worded purpose and a missing date: REG-01, REG-02. */
  Justification checked() throws RegisterRefusedException {
    String plain = PlainText.required(Field.PURPOSE, purpose);
    if (plain.codePointCount(0, plain.length()) < PURPOSE_LENGTH) {
      throw new RegisterRefusedException(Refusal.PURPOSE_SHORT, "" + PURPOSE_LENGTH);
    }
    boolean saysSomething =
        Arrays.stream(PlainText.key(plain).split("[^\\p{L}\\p{M}\\p{N}]+", -1))
            .filter(word -> word.codePoints().distinct().count() > 1)
            .anyMatch(word -> !VAGUE.contains(word));
    if (!saysSomething) {
      throw new RegisterRefusedException(Refusal.PURPOSE_VAGUE);
    }
    if (expires != null && expires.isBefore(reviewDue)) {
      throw new RegisterRefusedException(Refusal.REVIEW_AFTER_END);
    }
    return new Justification(
        plain,
        dataClass,
        PlainText.optional(Field.ASSET_REFERENCE, assetReference),
        reviewDue,
        expires);
  }
}
