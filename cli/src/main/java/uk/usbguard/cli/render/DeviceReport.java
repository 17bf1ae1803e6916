package uk.usbguard.cli.render;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.registry.Concern;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.EntryText;
import uk.usbguard.core.registry.Field;
import uk.usbguard.core.registry.Fitness;
import uk.usbguard.core.registry.HistoryLine;

/**
 * Everything about one drive.
 *
 * @param action what was done to it
 * @param fields those that have a value, as in an export
 * @param entry the same, for people
 * @param concerns why it may be used for less
 */
public record DeviceReport(
    String action,
    String tag,
    String state,
    String serialQuality,
    String identityLevel,
    String restriction,
    List<String> concerns,
    Map<String, String> fields,
    @JsonIgnore Map<Field, String> entry,
    List<Line> history)
    implements Report {

  /** A line of its history. */
  public record Line(
      Instant at, String actor, String action, String from, String to, String reason) {}

  /** What an entry amounts to. */
  public static DeviceReport of(
      String action, Device device, Fitness fitness, List<HistoryLine> history) {
    Map<String, String> fields = new LinkedHashMap<>();
    Map<Field, String> entry = EntryText.write(device);
    entry.forEach((field, value) -> fields.put(field.label(), value));
    return new DeviceReport(
        action,
        device.tag().text(),
        DeviceLine.label(device.state()),
        DeviceLine.label(device.hardware().identity().serial().quality()),
        device.hardware().level().label(),
        DeviceLine.label(fitness.restriction()),
        fitness.concerns().stream().map(Concern::label).toList(),
        fields,
        entry,
        history.stream().map(DeviceReport::line).toList());
  }

  private static Line line(HistoryLine line) {
    return new Line(line.at(), line.actor(), line.action(), line.from(), line.to(), line.reason());
  }

  @Override
  public String type() {
    return "device-" + action;
  }

  @Override
  public void print(Page page) {
    var texts = page.texts();
    page.line(
        "device.now",
        Printable.name(tag),
        texts.get("state." + state),
        texts.get("restriction." + restriction));
    concerns.forEach(concern -> page.line("device.concern", texts.get("concern." + concern)));
    if (!action.equals("show")) {
      return;
    }
    page.line("device.level", identityLevel, texts.get("serial." + serialQuality));
    FieldWords words = new FieldWords(texts);
    entry.forEach(
        (field, value) -> page.line("device.field", words.name(field), words.value(field, value)));
    for (Line line : history) {
      page.line(
          "device.history",
          texts.time(line.at()),
          Printable.name(line.actor()),
          texts.get("deed." + line.action()),
          Printable.name(line.reason()));
    }
  }
}
