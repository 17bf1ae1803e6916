package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The table of requirements in the documents, held against the names of the tests. */
class RequirementsIT {

  private static final Path TABLE = Processes.ROOT.resolve("docs/requirements.md");
  private static final Pattern ROW =
      Pattern.compile("\\| ([A-Z]{3}-\\d\\d) \\| ([^|]+) \\| ([^|]*) ?\\| ([^|]*) ?\\|");
  private static final Pattern NAMES =
      Pattern.compile("@DisplayName\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)\\)");

  /** One line of the table. */
  private record Row(String id, List<String> tests, String unchecked) {}

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        List<String> tests =
            Stream.of(row.group(3).strip().split(", ", -1)).filter(t -> !t.isEmpty()).toList();
        rows.add(new Row(row.group(1), tests, row.group(4).strip()));
      } else {
        assertThat(line).as("a row that cannot be read").doesNotContainPattern("^\\| [A-Z]{3}-");
      }
    }
    return rows;
  }

  /** What the names of the tests of each class say, all together. */
  private static Map<String, String> namesByClass() throws IOException {
    Map<String, String> names = new HashMap<>();
    for (String module : List.of("core", "native", "cli", "tray-ui", "e2e")) {
      Path tests = Processes.ROOT.resolve(module).resolve("src/test/java");
      if (Files.isDirectory(tests)) {
        try (Stream<Path> sources = Files.walk(tests)) {
          for (Path source : sources.filter(f -> f.toString().endsWith(".java")).toList()) {
            String file = String.valueOf(source.getFileName());
            names.put(file.replace(".java", ""), names(Files.readString(source)));
          }
        }
      }
    }
    return names;
  }

  private static String names(String source) {
    StringBuilder all = new StringBuilder();
    Matcher name = NAMES.matcher(source);
    while (name.find()) {
      all.append(name.group(1)).append('\n');
    }
    return all.toString();
  }

  @Test
  @DisplayName("Every class that docs/requirements.md names is there and carries the id")
  void namedTestsCarryTheirIds() throws IOException {
    Map<String, String> names = namesByClass();
    List<String> wrong = new ArrayList<>();
    for (Row row : rows()) {
      for (String test : row.tests()) {
        if (!names.containsKey(test)) {
          wrong.add(row.id() + ": there is no " + test);
        } else if (!names.get(test).contains(row.id())) {
          wrong.add(row.id() + ": not in the names of " + test);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  @DisplayName("Every row of docs/requirements.md has tests or says why it has none")
  void nothingIsPassedOver() throws IOException {
    List<Row> rows = rows();
    assertThat(rows).extracting(Row::id).hasSizeGreaterThan(60).doesNotHaveDuplicates();
    for (Row row : rows) {
      boolean excused = row.unchecked().matches("(not yet|no test): .+");
      assertThat(row.tests().isEmpty()).as(row.id()).isEqualTo(excused);
    }
  }
}
