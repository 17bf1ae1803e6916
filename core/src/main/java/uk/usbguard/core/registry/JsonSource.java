package uk.usbguard.core.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.registry.EntryFormatException.Fault;

/**
 * Entries from the JSON document that {@link JsonSink} writes, read as a stream. Its parts may
 * stand in any order: what is wrong behind the devices is found when they were read, and who takes
 * them takes all of a file or nothing.
 */
public final class JsonSource implements EntrySource {

  private static final int MAX_DEPTH = 8;
  private static final int MAX_NAME = 64;
  private static final int MAX_NUMBER = 32;

  private final JsonParser json;
  private final Set<String> said = new HashSet<>();
  private boolean begun;

  /** Takes the stream, which the caller closes. */
  public JsonSource(InputStream in) throws IOException {
    this.json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(CsvCells.MAX_CELL)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build()
            .createParser(StrictText.reader(in));
  }

  @Override
  public Optional<Entry> next() throws IOException, EntryFormatException {
    try {
      if (!begun) {
        begun = true;
        expect(json.nextToken(), JsonToken.START_OBJECT);
        toDevices();
      }
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_OBJECT) {
        return Optional.of(entry());
      }
      expect(token, JsonToken.END_ARRAY);
      toEnd();
      return Optional.empty();
    } catch (JsonEOFException e) {
      throw new EntryFormatException(Fault.JSON_INCOMPLETE, line(), "", e);
    } catch (JsonProcessingException e) {
      throw fault(e);
    } catch (CharacterCodingException e) {
      throw new EntryFormatException(Fault.NOT_UTF8, line(), "", e);
    }
  }

  private void toDevices() throws IOException, EntryFormatException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      if (part() == JsonToken.START_ARRAY) {
        return;
      }
    }
    throw new EntryFormatException(Fault.JSON_INCOMPLETE, line(), "devices", null);
  }

  /** What stands behind the devices counts as much as what stands before them. */
  private void toEnd() throws IOException, EntryFormatException {
    JsonToken token = json.nextToken();
    while (token == JsonToken.FIELD_NAME) {
      part();
      token = json.nextToken();
    }
    expect(token, JsonToken.END_OBJECT);
    for (String part : List.of("type", "version")) {
      if (!said.contains(part)) {
        throw new EntryFormatException(Fault.JSON_INCOMPLETE, line(), part, null);
      }
    }
    if (json.nextToken() != null) {
      throw fault(null);
    }
  }

  /** One of the parts of the document, in any order: tools sort them. Each stands once. */
  private JsonToken part() throws IOException, EntryFormatException {
    String name = json.currentName();
    JsonToken value = json.nextToken();
    boolean good =
        switch (name) {
          case "type" -> value == JsonToken.VALUE_STRING && json.getText().equals(JsonSink.TYPE);
          case "version" ->
              value == JsonToken.VALUE_NUMBER_INT
                  && json.getText().equals(Integer.toString(JsonSink.VERSION));
          case "devices" -> value == JsonToken.START_ARRAY;
          default -> false;
        };
    if (!good) {
      throw unknown(name);
    }
    said.add(name);
    return value;
  }

  private Entry entry() throws IOException, EntryFormatException {
    long line = line();
    Map<Field, String> fields = new EnumMap<>(Field.class);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      Field field = Field.of(name).orElseThrow(() -> unknown(name));
      JsonToken value = json.nextToken();
      if (value == null || !value.isScalarValue()) {
        throw unknown(name);
      }
      if (value != JsonToken.VALUE_NULL && !json.getText().isEmpty()) {
        fields.put(field, json.getText());
      }
    }
    return new Entry(line, fields);
  }

  private void expect(@Nullable JsonToken found, JsonToken wanted) throws EntryFormatException {
    if (found != wanted) {
      throw fault(null);
    }
  }

  private long line() {
    return json.currentLocation().getLineNr();
  }

  private EntryFormatException unknown(String name) {
    return new EntryFormatException(Fault.JSON_PART, line(), name, null);
  }

  private EntryFormatException fault(@Nullable Exception cause) {
    return new EntryFormatException(Fault.JSON, line(), "", cause);
  }
}
