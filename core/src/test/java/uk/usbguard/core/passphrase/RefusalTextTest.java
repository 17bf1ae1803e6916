package uk.usbguard.core.passphrase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RefusalTextTest {

  private static final List<Refusal> ALL =
      List.of(
          new Refusal.TooShort(14, 15),
          new Refusal.TooLong(1024),
          new Refusal.UnusableCharacter(3),
          new Refusal.Repeated(3),
          new Refusal.Sequence(),
          new Refusal.Common(),
          new Refusal.ContextOnly(Set.of(ContextKind.USER)));

  @Test
  @DisplayName("PWD-02: every refusal has a code of its own and says what, why and what to do")
  void everyRefusalHasWords() {
    assertThat(ALL.stream().map(Object::getClass).toList())
        .containsExactlyInAnyOrder(Refusal.class.getPermittedSubclasses());
    assertThat(ALL.stream().map(Refusal::code)).doesNotHaveDuplicates();
    for (Refusal refusal : ALL) {
      RefusalText text = RefusalText.of(refusal, Locale.UK);
      assertThat(List.of(text.what(), text.why(), text.remedy()))
          .allMatch(sentence -> sentence.matches("[A-Z][^{}]+\\."));
    }
  }

  @Test
  @DisplayName("PWD-02: the sentences carry the facts")
  void facts() {
    assertThat(RefusalText.of(new Refusal.TooShort(14, 15), Locale.UK).what())
        .isEqualTo("This passphrase has 14 characters; it needs at least 15.");
    assertThat(RefusalText.of(new Refusal.TooShort(1, 15), Locale.UK).what())
        .isEqualTo("This passphrase has 1 character; it needs at least 15.");
    assertThat(RefusalText.of(new Refusal.TooShort(0, 15), Locale.UK).what())
        .isEqualTo("This passphrase has 0 characters; it needs at least 15.");
    assertThat(RefusalText.of(new Refusal.TooLong(1024), Locale.UK).why()).contains("1,024 bytes");
    assertThat(RefusalText.of(new Refusal.UnusableCharacter(3), Locale.UK).what())
        .startsWith("Character 4 ");
    assertThat(RefusalText.of(new Refusal.Repeated(1), Locale.UK).what())
        .isEqualTo("This passphrase repeats the same character over and over.");
    assertThat(RefusalText.of(new Refusal.Repeated(3), Locale.UK).what())
        .isEqualTo("This passphrase repeats the same 3 characters over and over.");
    assertThat(RefusalText.of(new Refusal.ContextOnly(Set.of()), Locale.UK).what())
        .contains("the organisation's");
  }

  @Test
  @DisplayName("PWD-02: a language without sentences gets the English ones")
  void otherLanguage() {
    Refusal refusal = new Refusal.Sequence();
    assertThat(RefusalText.of(refusal, Locale.JAPANESE))
        .isEqualTo(RefusalText.of(refusal, Locale.UK));
  }
}
