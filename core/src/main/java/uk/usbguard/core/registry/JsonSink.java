package uk.usbguard.core.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/** Writes entries as one JSON document, one entry a line. */
public final class JsonSink implements EntrySink {

  static final String TYPE = "device-export";
  static final int VERSION = 1;

  private final Writer out;
  private final JsonGenerator json;
  private boolean begun;

  /** Takes where to write, which the caller closes. */
  public JsonSink(Writer out) throws IOException {
    this.out = out;
    this.json =
        JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build()
            .createGenerator(out);
  }

  @Override
  public void write(Map<Field, String> entry) throws IOException {
    begin();
    json.writeStartObject();
    for (Map.Entry<Field, String> field : entry.entrySet()) {
      json.writeFieldName(field.getKey().label());
      switch (field.getKey().kind()) {
        case NUMBER -> json.writeNumber(Long.parseLong(field.getValue()));
        case BOOLEAN -> json.writeBoolean(Boolean.parseBoolean(field.getValue()));
        default -> json.writeString(field.getValue());
      }
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public void finish() throws IOException {
    begin();
    json.writeEndArray();
    json.writeEndObject();
    json.close();
    out.write('\n');
    out.flush();
  }

  private void begin() throws IOException {
    if (!begun) {
      begun = true;
      json.writeStartObject();
      json.writeStringField("type", TYPE);
      json.writeNumberField("version", VERSION);
      json.writeArrayFieldStart("devices");
    }
  }
}
