package uk.usbguard.cli.render;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import uk.usbguard.cli.console.Terminal;
import uk.usbguard.cli.console.Waiting;
import uk.usbguard.cli.failure.Failure;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.error.BugException;

/**
 * One JSON document a line, in ASCII: JSON lets through marks that turn the reading direction and
 * control characters above U+007F, which a terminal would obey. The only class that starts Jackson.
 */
final class JsonOutput implements Output {

  private final Terminal terminal;
  private final Texts texts;
  private final ObjectMapper mapper =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(ShownSecret.class, new SecretSerializer()))
          .build();

  JsonOutput(Terminal terminal, Texts texts) {
    this.terminal = terminal;
    this.texts = texts;
  }

  @Override
  public boolean isJson() {
    return true;
  }

  @Override
  public void result(Report report) {
    write(terminal.out(), new Typed(report.type(), report));
  }

  @Override
  public void warning(String id, Object... facts) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "warning");
    fields.put("id", id);
    fields.put("message", texts.get("warning." + id, facts));
    write(terminal.err(), fields);
  }

  @Override
  public Waiting derivingKey() {
    return Waiting.unseen();
  }

  @Override
  public void failure(Failure failure) {
    terminal.out().flush();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "error");
    fields.put("code", failure.code().number());
    fields.put("id", failure.id());
    fields.put("message", failure.message());
    fields.put("hint", failure.hint());
    write(terminal.err(), fields);
  }

  @Override
  public void secret(String key, ShownSecret secret) {
    // The result has it as a field.
  }

  private void write(PrintWriter writer, Object document) {
    try {
      writer.println(mapper.writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new BugException("a result that is no JSON", e);
    }
  }

  /** The type first, then the report's own fields. */
  record Typed(String type, @JsonUnwrapped Report report) {}

  private static final class SecretSerializer extends JsonSerializer<ShownSecret> {
    @Override
    public void serialize(ShownSecret secret, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      char[] chars = secret.toChars();
      try {
        json.writeString(chars, 0, chars.length);
      } finally {
        Arrays.fill(chars, '\0');
      }
    }
  }
}
