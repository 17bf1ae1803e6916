package uk.usbguard.core.passphrase;

import java.util.List;
import java.util.Set;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.UnusablePassphraseException;

/**
 * Why a passphrase may not be set, in facts. It never holds the passphrase or a part of it, so it
 * may be shown and logged. {@link RefusalText} has a sentence for each.
 */
public sealed interface Refusal {

  /** A name for scripts; it never changes. */
  String code();

  /** The numbers and names of the sentence, in the order that its placeholders have. */
  default List<Object> facts() {
    return List.of();
  }

  /** Fewer code points than asked for. */
  record TooShort(int codePoints, int minimum) implements Refusal {
    @Override
    public String code() {
      return "too-short";
    }

    @Override
    public List<Object> facts() {
      return List.of(codePoints, minimum);
    }
  }

  /** More bytes of UTF-8 than can be used. */
  record TooLong(int maximumBytes) implements Refusal {
    @Override
    public String code() {
      return "too-long";
    }

    @Override
    public List<Object> facts() {
      return List.of(maximumBytes);
    }
  }

  /**
   * Half a character, or NUL.
   *
   * @param position the number of code points before it in what was typed
   */
  record UnusableCharacter(int position) implements Refusal {
    @Override
    public String code() {
      return "unusable-character";
    }

    @Override
    public List<Object> facts() {
      return List.of(position + 1);
    }
  }

  /** The same part again and again; without the repetition it is too short. */
  record Repeated(int unitLength) implements Refusal {
    @Override
    public String code() {
      return "repeated";
    }

    @Override
    public List<Object> facts() {
      return List.of(unitLength);
    }
  }

  /** Little more than rows of the alphabet, the numbers or the keyboard. */
  record Sequence() implements Refusal {
    @Override
    public String code() {
      return "sequence";
    }
  }

  /** Among the common and breached values, or one or two of them with nothing much added. */
  record Common() implements Refusal {
    @Override
    public String code() {
      return "common";
    }
  }

  /** Nothing but words that belong to the place, the person or the device. */
  record ContextOnly(Set<ContextKind> kinds) implements Refusal {
    public ContextOnly {
      kinds = Set.copyOf(kinds);
    }

    @Override
    public String code() {
      return "context";
    }
  }

  /** The same fact, for a phrase that could not even be encoded. */
  static Refusal of(UnusablePassphraseException e) {
    return e.reason() == UnusablePassphraseException.Reason.TOO_LONG
        ? new TooLong(Passphrase.MAXIMUM_BYTES)
        : new UnusableCharacter(e.position());
  }
}
