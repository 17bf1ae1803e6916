package uk.usbguard.core.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.registry.EntryFormatException.Fault;

/** Entries from the JSON document that {@link JsonSink} writes, read as a stream. */
public final class JsonSource implements EntrySource {

  private static final int MAX_DEPTH = 8;
  private static final int MAX_NAME = 64;
  private static final int MAX_NUMBER = 32;

  private final JsonParser json;
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
        begin();
      }
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_OBJECT) {
        return Optional.of(entry());
      }
      expect(token, JsonToken.END_ARRAY);
      expect(json.nextToken(), JsonToken.END_OBJECT);
      if (json.nextToken() != null) {
        throw fault("", null);
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw fault("", e);
    } catch (CharacterCodingException e) {
      throw new EntryFormatException(Fault.NOT_UTF8, line(), "", e);
    }
  }

  private void begin() throws IOException, EntryFormatException {
    expect(json.nextToken(), JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
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
        throw fault(name, null);
      }
      if (value == JsonToken.START_ARRAY) {
        return;
      }
    }
    throw fault("devices", null);
  }

  private Entry entry() throws IOException, EntryFormatException {
    long line = line();
    Map<Field, String> fields = new EnumMap<>(Field.class);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      Field field = Field.of(name).orElseThrow(() -> fault(name, null));
      JsonToken value = json.nextToken();
      if (value == null || !value.isScalarValue()) {
        throw fault(name, null);
      }
      if (value != JsonToken.VALUE_NULL && !json.getText().isEmpty()) {
        fields.put(field, json.getText());
      }
    }
    return new Entry(line, fields);
  }

  private void expect(@Nullable JsonToken found, JsonToken wanted) throws EntryFormatException {
    if (found != wanted) {
      throw fault("", null);
    }
  }

  private long line() {
    return json.currentLocation().getLineNr();
  }

  private EntryFormatException fault(String detail, @Nullable Exception cause) {
    return new EntryFormatException(Fault.JSON, line(), detail, cause);
  }
}
