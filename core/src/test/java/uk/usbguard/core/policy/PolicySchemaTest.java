package uk.usbguard.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import uk.usbguard.core.media.Verdict;

/** GOV-03: the published schema and the program say the same of a policy, as far as it can see. */
class PolicySchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

  private static JsonNode published;
  private static Schema schema;

  @BeforeAll
  static void readTheSchema() throws IOException {
    published = JSON.readTree(document("policy.schema.json"));
    schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(published);
  }

  private static String document(String name) throws IOException {
    return Files.readString(Path.of(System.getProperty("usbguard.root"), "docs", name));
  }

  /** What an editor sees: a reader of YAML that is not the program's own. */
  private static List<String> complaints(String yaml) {
    Object plain =
        new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(yaml);
    return schema.validate(JSON.<JsonNode>valueToTree(plain)).stream()
        .map(Object::toString)
        .toList();
  }

  private static Policy parse(String yaml) throws InvalidPolicyException {
    return Policy.parse(yaml.getBytes(StandardCharsets.UTF_8));
  }

  /** The examples of docs/policy.md. */
  static List<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(document("policy.md"));
    while (matcher.find()) {
      examples.add(matcher.group(1));
    }
    return examples;
  }

  @Test
  @DisplayName("the schema is a JSON Schema of 2020-12 itself")
  void isASchema() throws IOException {
    Schema ofSchemas =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertThat(ofSchemas.validate(published)).isEmpty();
    JsonNode broken = JSON.readTree("{\"type\": \"mapping\"}");
    assertThat(ofSchemas.validate(broken)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  @DisplayName("every shipped profile fits the schema")
  void profiles(Profile profile) {
    assertThat(complaints(new String(profile.file(), StandardCharsets.UTF_8))).isEmpty();
  }

  @TestFactory
  @DisplayName("what the program takes, the schema takes")
  Stream<DynamicTest> good() {
    return PolicySamples.each(
        PolicySamples.good(), sample -> assertThat(complaints(sample.yaml())).isEmpty());
  }

  @TestFactory
  @DisplayName("what is marked as seen by the schema is refused by it, and nothing else is")
  Stream<DynamicTest> bad() {
    return PolicySamples.each(
        PolicySamples.bad(),
        sample ->
            assertThat(isSeen(sample.yaml())).as(sample.yaml()).isEqualTo(sample.schemaSees()));
  }

  // What is no YAML, or has a key twice, an editor shows without any schema.
  private static boolean isSeen(String yaml) {
    try {
      return !complaints(yaml).isEmpty();
    } catch (YamlEngineException e) {
      return false;
    }
  }

  @Test
  @DisplayName("the schema alone sees more than half of the bad corpus")
  void seesEnough() {
    long all = PolicySamples.bad().count();
    long seen = PolicySamples.bad().filter(PolicySamples.Sample::schemaSees).count();
    assertThat(seen * 2).isGreaterThan(all);
  }

  @Test
  @DisplayName("every example of docs/policy.md is sound and fits the schema")
  void examplesOfTheDocument() throws Exception {
    List<String> examples = examples();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
    for (String example : examples) {
      assertThat(complaints(example)).as(example).isEmpty();
      assertThat(parse(example).size()).as(example).isPositive();
    }
  }

  @Test
  @DisplayName("every word of the program is in the schema, and no other: shapes, states, reasons")
  void words() throws InvalidPolicyException {
    JsonNode rule = published.at("/properties/rules/items/properties");
    for (JsonNode reason : rule.at("/reason/enum")) {
      boolean local = reason.asText().equals("local");
      String yaml =
          PolicySamples.minimal()
              .replace(
                  "reason: unregistered",
                  "reason: " + reason.asText() + (local ? ", text: Words." : ""));
      assertThat(parse(yaml).size()).isEqualTo(1);
    }
    long ofRules = Stream.of(Reason.values()).filter(Reason::isOfRules).count();
    assertThat(rule.at("/reason/enum")).hasSize((int) ofRules);
    assertThat(rule.at("/when/properties/verdict/oneOf/0/enum")).hasSize(Verdict.values().length);
    assertThat(rule.at("/effect/enum")).hasSize(Effect.values().length);
  }
}
