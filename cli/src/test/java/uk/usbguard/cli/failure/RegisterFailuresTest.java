package uk.usbguard.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.registry.Refusal;
import uk.usbguard.core.registry.RegisterFailedException;
import uk.usbguard.core.registry.RegisterFailedException.Problem;
import uk.usbguard.core.registry.RegisterRefusedException;

/** What is said when the register refuses something or its database fails. */
class RegisterFailuresTest {

  private final FailureDescriber describer =
      new FailureDescriber(new Texts(Locale.UK, ZoneOffset.UTC));

  private Failure said(Throwable thrown) {
    return describer.describe(thrown, "").orElseThrow();
  }

  private Failure refused(Refusal refusal, String... facts) {
    return said(new RegisterRefusedException(refusal, facts));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("USB-10 a database that fails: which register, what to do, no words of databases")
  void databaseFails(Problem problem) {
    String detail = problem == Problem.UNFIT_BACKUP ? "foreign" : "SQLite code 11";
    Failure failure =
        said(
            new RegisterUnusableException(
                "/srv/r.db", new RegisterFailedException(problem, detail, null)));
    assertThat(failure.message()).contains("/srv/r.db").doesNotContain("SQLite", "(", "{");
    assertThat(failure.hint()).isNotBlank().doesNotContain("{");
    assertThat(failure.hint().contains("SQLite code 11"))
        .as("only where nothing else can be said")
        .isEqualTo(problem == Problem.OTHER);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("USB-10 every refusal says what is the matter and what to do, and leaves no gap")
  void everyRefusalHasTwoSentences(Refusal refusal) {
    Failure failure = refused(refusal, facts(refusal));
    assertThat(failure.message()).isNotBlank().doesNotContain("{", "}");
    assertThat(failure.hint()).isNotBlank().doesNotContain("{", "}");
  }

  private static String[] facts(Refusal refusal) {
    return switch (refusal) {
      case FIELD_MISSING, FIELD_TOO_LONG, FIELD_NOT_PLAIN, FIELD_UNREADABLE, IN_FUTURE ->
          switch (refusal) {
            case FIELD_TOO_LONG -> new String[] {"purpose", "1001", "1000"};
            case FIELD_UNREADABLE, IN_FUTURE -> new String[] {"purpose", "x"};
            default -> new String[] {"purpose"};
          };
      case ILLEGAL_TRANSITION -> new String[] {"NHS-1", "REQUESTED", "ISSUED"};
      case OWNER_FIXED, NOT_NOW -> new String[] {"NHS-1", "ISSUED"};
      default -> new String[] {"NHS-1", "desk", "2"};
    };
  }

  @Test
  @DisplayName("REG-01 what is missing is said in words, with the option or column that takes it")
  void namesTheOption() {
    Failure reason = refused(Refusal.FIELD_MISSING, "reason");
    assertThat(reason.message()).as("of a row, too").isEqualTo("The reason is missing.");
    assertThat(reason.hint()).isEqualTo("Say it with --reason TEXT.");
    assertThat(refused(Refusal.FIELD_MISSING, "handoverBy").hint())
        .isEqualTo("Say it in the column handoverBy.");
    assertThat(refused(Refusal.FIELD_TOO_LONG, "wipeMethod", "201", "200").hint())
        .contains("--method");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"REQUESTED", "WIPED"})
  @DisplayName("REG-08 who wants another owner is told the way that leads there, or that none does")
  void saysWhatLeadsToAnotherOwner(LifecycleState state) {
    String hint = refused(Refusal.OWNER_FIXED, "NHS-1", state.name()).hint();
    boolean gone = state == LifecycleState.DISPOSED;
    assertThat(hint.contains("wiped") && hint.contains("can go to another owner")).isEqualTo(!gone);
    assertThat(hint.contains("register another drive")).isEqualTo(gone);
  }

  @Test
  @DisplayName("USB-10 101 people are too many, and no name is called too long")
  void tooManyPeople() {
    Failure failure = refused(Refusal.TOO_MANY_PEOPLE, "101", "100");
    assertThat(failure.message()).contains("101 people", "at most 100");
    assertThat(failure.hint()).contains("--governance-person").doesNotContain("Shorten");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("REG-08 what a state does not allow is said in words, and what it does allow")
  void saysWhatIsPossible(LifecycleState state) {
    Failure failure = refused(Refusal.ILLEGAL_TRANSITION, "NHS-1", state.name(), "REQUESTED");
    assertThat(failure.message())
        .isEqualTo(
            "NHS-1 is "
                + state.name().toLowerCase(Locale.ROOT)
                + " and cannot become requested"
                + " now.");
    assertThat(failure.hint()).containsPattern("Now (it|information)|nothing follows");
    assertThat(refused(Refusal.NOT_NOW, "NHS-1", state.name()).message())
        .doesNotContain(state.name());
  }
}
