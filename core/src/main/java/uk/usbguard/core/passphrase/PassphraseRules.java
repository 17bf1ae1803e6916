package uk.usbguard.core.passphrase;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.UnusablePassphraseException;

/**
 * What a new passphrase must be: at least 15 code points, and not common, repeated, in sequence or
 * made of names that everybody around the device knows. No class of characters is demanded and
 * nothing expires. An organisation can make the rules stricter, never weaker.
 *
 * <p>Passing does not mean strong: nobody can tell that of a phrase that a person made up. Only for
 * {@link PassphraseGenerator} phrases is the strength known.
 */
public final class PassphraseRules {

  /** The least that any setting can ask for, in code points. */
  public static final int FLOOR = 15;

  /** The most that a setting can ask for: phrases of this length must always be accepted. */
  public static final int CEILING = 64;

  /** Common words and the like that one phrase may be made of and still be refused. */
  private static final int TOO_FEW_WORDS = 2;

  /** The same for runs; each has at least three characters, so 15 characters can be five runs. */
  private static final int TOO_FEW_RUNS = 5;

  /**
   * More digits than this, outside words and runs, may be what makes a phrase good: 15 random
   * digits pass by themselves, so fewer of them and a common word must not be worse.
   */
  private static final int DIGITS_THAT_ADD_LITTLE = 12;

  private final int minimum;
  private final ContextWords context;
  private final DenyList denyList;

  private PassphraseRules(int minimum, ContextWords context, DenyList denyList) {
    this.minimum = minimum;
    this.context = context;
    this.denyList = denyList;
  }

  /** The rules without any setting. The deny list is read when a phrase is first checked. */
  public static PassphraseRules standard() {
    return new PassphraseRules(FLOOR, ContextWords.ofService(), new DenyList());
  }

  /**
   * These rules with a longer minimum. A smaller one than these rules have already is ignored.
   *
   * @throws IllegalArgumentException if it is more than {@link #CEILING}
   */
  public PassphraseRules withMinimum(int codePoints) {
    if (codePoints > CEILING) {
      throw new IllegalArgumentException("minimum " + codePoints);
    }
    return new PassphraseRules(Math.max(minimum, codePoints), context, denyList);
  }

  /** These rules, knowing a name or a label too. It is taken apart into words. */
  public PassphraseRules withContext(ContextKind kind, String text) {
    return new PassphraseRules(minimum, context.with(kind, text), denyList);
  }

  /** The fewest code points that are accepted. */
  public int minimum() {
    return minimum;
  }

  /** Whether the deny list has been read; for tests of the start-up time. */
  boolean hasReadDenyList() {
    return denyList.isLoaded();
  }

  /** Why a phrase may not be set; empty if it may. */
  public Optional<Refusal> check(Passphrase passphrase) {
    return passphrase.<Optional<Refusal>, RuntimeException>use(
        utf8 -> {
          try (FoldedText text = FoldedText.ofUtf8(utf8)) {
            return check(text);
          }
        });
  }

  /**
   * Encodes and checks what was typed. The caller wipes the array and closes the passphrase.
   *
   * @throws PassphraseRefusedException with the reason
   */
  public Passphrase accept(char[] typed) throws PassphraseRefusedException {
    Passphrase passphrase;
    try {
      passphrase = Passphrase.of(typed);
    } catch (UnusablePassphraseException e) {
      throw new PassphraseRefusedException(Refusal.of(e), e);
    }
    Optional<Refusal> refusal = check(passphrase);
    if (refusal.isPresent()) {
      passphrase.close();
      throw new PassphraseRefusedException(refusal.get(), null);
    }
    return passphrase;
  }

  private Optional<Refusal> check(FoldedText text) {
    if (text.length() < minimum) {
      return Optional.of(new Refusal.TooShort(text.length(), minimum));
    }
    int unit = unitLength(text);
    if (unit < minimum) {
      return Optional.of(new Refusal.Repeated(unit));
    }
    if (Pieces.ofRuns(text) <= TOO_FEW_RUNS) {
      return Optional.of(new Refusal.Sequence());
    }
    return wordRefusal(text);
  }

  /**
   * The length without the repetition, also of repetitions that differ in digits and separators
   * only ("anna1 anna2 anna3"): the letters' share is then scaled up to the whole.
   */
  private static int unitLength(FoldedText text) {
    int unit = Patterns.unitLength(text);
    try (FoldedText letters = text.only(Character::isLetter)) {
      if (2 * letters.length() < text.length()) {
        return unit;
      }
      int ofLetters = Patterns.unitLength(letters);
      return Math.min(unit, (ofLetters * text.length() + letters.length() - 1) / letters.length());
    }
  }

  // Words may be spaced out or joined, and a sign may separate words or stand for a letter.
  private Optional<Refusal> wordRefusal(FoldedText text) {
    WordSet common = denyList.words();
    WordSet names = context.all();
    boolean tooFewWords = false;
    try (FoldedText joined = text.only(Character::isLetterOrDigit);
        FoldedText unseparated = text.only(c -> !FoldedText.isPlainSeparator(c))) {
      for (FoldedText variant : List.of(text, joined, unseparated)) {
        int[] digits = Pieces.looseDigits(variant, common, names, TOO_FEW_WORDS);
        if (digits[0] < Pieces.IMPOSSIBLE) {
          return Optional.of(new Refusal.ContextOnly(context.kindsIn(text)));
        }
        tooFewWords |= Arrays.stream(digits).anyMatch(n -> n <= DIGITS_THAT_ADD_LITTLE);
      }
    }
    return tooFewWords ? Optional.of(new Refusal.Common()) : Optional.empty();
  }
}
