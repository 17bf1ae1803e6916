package uk.usbguard.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.core.registry.RegisterFailedException;
import uk.usbguard.core.registry.RegisterFailedException.Problem;

/** When the key that was made for a decision is kept. */
class NewSigningKeyTest {

  @ParameterizedTest
  @EnumSource
  @DisplayName("GOV-03 a key that the register may name is kept, and only that")
  void keptOnlyIfTheRegisterMayNameIt(Problem problem) {
    assertThat(NewSigningKey.mayBeNamed(new RegisterFailedException(problem, "", null)))
        .isEqualTo(problem == Problem.OUTCOME_UNKNOWN);
  }
}
