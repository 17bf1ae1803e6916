package uk.usbguard.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.core.policy.PolicyProblem.Kind;

/** What a policy file may say, and how it is refused. */
class PolicyFileTest {

  static List<PolicyProblem> problems(byte[] file) {
    try {
      Policy.parse(file);
      return List.of();
    } catch (InvalidPolicyException e) {
      return e.problems();
    }
  }

  private static List<PolicyProblem> problems(String file) {
    return problems(file.getBytes(StandardCharsets.UTF_8));
  }

  private static String placed(PolicyProblem problem) {
    return problem.line() + ":" + problem.column() + " " + problem.kind().label();
  }

  @TestFactory
  @DisplayName("GOV-03: every sample of the good corpus is taken")
  Stream<DynamicTest> good() {
    return PolicySamples.each(
        PolicySamples.good(), sample -> assertThat(problems(sample.yaml())).isEmpty());
  }

  @TestFactory
  @DisplayName("GOV-03: every sample of the bad corpus is refused for what it says, where it says")
  Stream<DynamicTest> bad() {
    return PolicySamples.each(
        PolicySamples.bad(),
        sample ->
            assertThat(problems(sample.yaml()))
                .map(PolicyFileTest::placed)
                .containsExactlyElementsOf(sample.expected()));
  }

  @Test
  @DisplayName("GOV-03: of a rule that can never match those are named that take it, no others")
  void shadowsAreNamed() {
    String file =
        """
        format: 1
        name: sample
        version: 1
        contact: desk
        rules:
          - {id: other, when: {shape: storage, state: suspended}, effect: block, reason: unregistered}
          - {id: half, when: {shape: storage, state: issued}, effect: block, reason: unregistered}
          - {id: rest, when: {shape: storage}, effect: block, reason: unregistered}
          - {id: nothing, when: {shape: optical}, effect: block, reason: unregistered}
          - {id: r, when: {shape: storage, state: [issued, returned]}, effect: allow, reason: approved}
        """;
    assertThat(problems(file))
        .singleElement()
        .satisfies(problem -> assertThat(problem.facts()).containsExactly("r", "half, rest"));
  }

  @Test
  @DisplayName("the bad corpus has each kind of problem")
  void eachKindIsMet() {
    List<String> met =
        PolicySamples.bad()
            .flatMap(sample -> sample.expected().stream())
            .map(expected -> expected.substring(expected.indexOf(' ') + 1))
            .distinct()
            .toList();
    for (Kind kind : Kind.values()) {
      if (kind != Kind.TOO_DEEP
          && kind != Kind.TOO_LARGE
          && kind != Kind.NOT_UTF8
          && kind != Kind.EMPTY) {
        assertThat(met).contains(kind.label());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName("each kind of problem has a sentence")
  void eachKindHasASentence(Kind kind) {
    String sentence = ProblemText.of(new PolicyProblem(1, 1, kind, List.of("A", "B")), Locale.UK);
    assertThat(sentence).endsWith(".").doesNotContain("{").doesNotContain("''");
  }

  @Nested
  class Bytes {

    @Test
    void nothingIsRefused() {
      assertThat(problems(new byte[0])).map(PolicyProblem::kind).containsExactly(Kind.EMPTY);
      assertThat(problems("# only a comment\n"))
          .map(PolicyProblem::kind)
          .containsExactly(Kind.EMPTY);
    }

    @Test
    void oneByteTooManyIsRefusedBeforeItIsRead() {
      assertThat(problems(new byte[YamlReader.LARGEST + 1]))
          .map(PolicyProblem::kind)
          .containsExactly(Kind.TOO_LARGE);
    }

    @Test
    void aByteThatIsNotUtf8IsShown() {
      byte[] latin1 = "name: a\nx: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
      assertThat(problems(latin1)).map(PolicyFileTest::placed).containsExactly("2:7 not-utf8");
    }

    @Test
    void utf16IsRefused() {
      byte[] utf16 = PolicySamples.minimal().getBytes(StandardCharsets.UTF_16);
      assertThat(problems(utf16)).map(PolicyProblem::kind).containsExactly(Kind.NOT_UTF8);
    }

    @Test
    @DisplayName("the mark that Windows' editor puts before UTF-8 does no harm")
    void byteOrderMark() {
      assertThat(problems("\uFEFF" + PolicySamples.minimal())).isEmpty();
    }

    @Test
    @DisplayName("a billion laughs are refused at the first anchor")
    void aliasBomb() {
      StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
      for (int i = 1; i < 40; i++) {
        bomb.append("a").append(i).append(": &a").append(i);
        bomb.append(" [*a").append(i - 1).append(", *a").append(i - 1).append("]\n");
      }
      assertThat(problems(bomb.toString()))
          .map(PolicyFileTest::placed)
          .containsExactly("1:5 anchor");
    }

    @Test
    @DisplayName("100,000 brackets are refused at the ninth")
    void nesting() {
      assertThat(problems("[".repeat(100_000)))
          .map(PolicyFileTest::placed)
          .containsExactly("1:9 too-deep");
    }
  }
}
