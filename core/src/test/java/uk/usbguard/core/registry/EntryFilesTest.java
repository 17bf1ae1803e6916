package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.registry.EntryFormatException.Fault;

/** CSV and JSON: round trip, any script, formulas, hostile files. */
class EntryFilesTest {

  private static Map<Field, String> entry(String purpose) {
    Map<Field, String> entry = new EnumMap<>(Field.class);
    entry.put(Field.TAG, "NHS-1");
    entry.put(Field.PURPOSE, purpose);
    entry.put(Field.CAPACITY_BYTES, "123");
    entry.put(Field.CLOCK_SET_BACK, "true");
    return entry;
  }

  private static EntrySource csv(String text) {
    return new uk.usbguard.core.registry.CsvSource(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Map<Field, String>> all(EntrySource source) throws Exception {
    List<Map<Field, String>> entries = new ArrayList<>();
    Optional<EntrySource.Entry> next = source.next();
    while (next.isPresent()) {
      entries.add(next.get().fields());
      next = source.next();
    }
    return entries;
  }

  @ParameterizedTest
  @DisplayName("REG-09 what is written is read back the same")
  @ValueSource(
      strings = {
        "plain",
        "a,b;c",
        "say \"hello\"",
        "=1+1",
        "+44 20",
        "-1",
        "@cmd",
        "'=1",
        "''x",
        "'",
        "'x",
        "＝1+1",
        "Перенос писем",
        "نقل الرسائل",
        "病棟の手紙を運ぶ",
        "a\u200Db",
        "'\"",
        "<b>x</b>"
      })
  void roundTrips(String purpose) throws Exception {
    Map<Field, String> entry = entry(purpose);
    StringWriter csv = new StringWriter();
    CsvSink csvSink = new CsvSink(csv);
    csvSink.write(entry);
    csvSink.finish();
    StringWriter json = new StringWriter();
    JsonSink jsonSink = new JsonSink(json);
    jsonSink.write(entry);
    jsonSink.write(entry);
    jsonSink.finish();

    assertThat(all(csv(csv.toString()))).containsExactly(entry);
    assertThat(
            all(
                new JsonSource(
                    new ByteArrayInputStream(json.toString().getBytes(StandardCharsets.UTF_8)))))
        .containsExactly(entry, entry);
  }

  @ParameterizedTest
  @DisplayName("No cell of an export begins like a formula")
  @ValueSource(strings = {"=1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x"})
  void guardsFormulas(String value) {
    assertThat(CsvFormula.guard(value)).startsWith("'");
  }

  @Test
  void readsWhatSpreadsheetsWrite() throws Exception {
    String text = "\uFEFFTag,PURPOSE\r\n\r\nA,\"two\"\"quotes\"\r\n\"B\",\"x,y\"";
    List<Map<Field, String>> entries = all(csv(text));
    assertThat(entries).extracting(e -> e.get(Field.TAG)).containsExactly("A", "B");
    assertThat(entries).extracting(e -> e.get(Field.PURPOSE)).containsExactly("two\"quotes", "x,y");
  }

  @ParameterizedTest
  @DisplayName("A malformed CSV file is refused at its line")
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {
        "tag,shoeSize|HEADER|1",
        "tag,tag|HEADER|1",
        "tag%A,B|COLUMNS|2",
        "tag%A%\"B|QUOTES|3",
        "tag%A\"B|QUOTES|2",
        "tag%\"A\"B|QUOTES|2",
      })
  void refusesMalformedCsv(String text, Fault fault, long line) {
    assertThatThrownBy(() -> all(csv(text.replace('%', '\n'))))
        .isInstanceOfSatisfying(
            EntryFormatException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(fault);
              assertThat(e.line()).isEqualTo(line);
            });
  }

  @Test
  @DisplayName("A cell without an end does not fill the memory")
  void capsCells() throws Exception {
    String just = "a".repeat(CsvCells.MAX_CELL);
    assertThat(all(csv("tag\n" + just))).hasSize(1);
    assertThatThrownBy(() -> all(csv("tag\n" + just + "a")))
        .isInstanceOfSatisfying(
            EntryFormatException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TOO_LONG));
    assertThatThrownBy(() -> all(csv("tag\n" + ",".repeat(300))))
        .isInstanceOf(EntryFormatException.class);
    assertThatThrownBy(
            () ->
                all(
                    new uk.usbguard.core.registry.CsvSource(
                        new ByteArrayInputStream(new byte[] {'t', (byte) 0xFF}))))
        .isInstanceOfSatisfying(
            EntryFormatException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NOT_UTF8));
  }

  private static List<Map<Field, String>> json(String text) throws Exception {
    return all(new JsonSource(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
  }

  @ParameterizedTest
  @DisplayName("JSON that is no export, or not a whole one, is refused at its line")
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {
        "~~|JSON|1",
        "[]|JSON|1",
        "{'type':'other','version':1,'devices':[]}|JSON_PART|1",
        "{'type':'device-export','version':2,'devices':[]}|JSON_PART|1",
        "{'devices':[],%'type':'device-export','version':2}|JSON_PART|2",
        "{'devices':[{'tag':'A','tag':'B'}]}|JSON|1",
        "{'devices':[%{'shoeSize':1}]}|JSON_PART|2",
        "{'devices':[{'tag':[[[[[[[[[[1]]]]]]]]]]}]}|JSON_PART|1",
        "{'devices':[],'devices':[]}|JSON|1",
        "{'devices':[],'shoes':[]}|JSON_PART|1",
        "{'type':'device-export','version':1}|JSON_INCOMPLETE|1",
        "{'devices':[]}|JSON_INCOMPLETE|1",
        "{'devices':[%{'tag':'A'}],%'type':'device-export'}|JSON_INCOMPLETE|3",
        "{'devices':[%{'tag':'A'}|JSON_INCOMPLETE|2",
        "{'type':'device-export','version':1,'devices':[]} x|JSON|1",
      })
  void refusesOtherJson(String text, Fault fault, long line) {
    assertThatThrownBy(() -> json(text.replace('%', '\n').replace('\'', '"')))
        .isInstanceOfSatisfying(
            EntryFormatException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(fault);
              assertThat(e.line()).isEqualTo(line);
            });
  }

  @ParameterizedTest
  @DisplayName("REG-09 the parts of a JSON export may stand in any order, as tools sort them")
  @ValueSource(
      strings = {
        "{'devices':[{'purpose':'p','tag':'A'},{'tag':'B'}],'type':'device-export','version':1}",
        "{'version':1,'devices':[{'purpose':'p','tag':'A'},{'tag':'B'}],'type':'device-export'}"
      })
  void readsSortedJson(String text) throws Exception {
    assertThat(json(text.replace('\'', '"')))
        .extracting(entry -> entry.get(Field.TAG))
        .containsExactly("A", "B");
  }
}
