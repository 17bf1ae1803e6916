package uk.usbguard.cli.render;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.Organisation;
import uk.usbguard.core.registry.SampleSeed;
import uk.usbguard.core.registry.SampledDevice;
import uk.usbguard.core.registry.SpotCheck;

/**
 * Drives to go and look at, and what was found so far.
 *
 * @param checked how many somebody looked at: found, missing and differing
 * @param serviceDesk whom to tell of what is missing
 * @param governance whom also
 */
public record SampleReport(
    String seed,
    int drawn,
    int checked,
    int found,
    int missing,
    int differs,
    List<Line> devices,
    String serviceDesk,
    String governance)
    implements Report {

  /**
   * A drive.
   *
   * @param result nothing if nobody has looked
   */
  public record Line(
      String tag,
      String state,
      String identity,
      String owner,
      String manager,
      @Nullable String result) {}

  /** The sample as it is shown. */
  public static SampleReport of(
      SampleSeed seed, List<SampledDevice> sampled, Organisation organisation) {
    int found = count(sampled, SpotCheck.FOUND);
    int missing = count(sampled, SpotCheck.MISSING);
    int differs = count(sampled, SpotCheck.DIFFERS);
    return new SampleReport(
        seed.text(),
        sampled.size(),
        found + missing + differs,
        found,
        missing,
        differs,
        sampled.stream().map(SampleReport::line).toList(),
        organisation.serviceDesk(),
        organisation.governance());
  }

  private static int count(List<SampledDevice> sampled, SpotCheck result) {
    return (int) sampled.stream().filter(one -> one.result() == result).count();
  }

  private static Line line(SampledDevice one) {
    Device device = one.device();
    SpotCheck result = one.result();
    return new Line(
        device.tag().text(),
        DeviceLine.label(device.state()),
        device.hardware().identity().key(),
        device.holder().owner(),
        device.holder().manager(),
        result == null ? null : result.label());
  }

  @Override
  public String type() {
    return "device-sample";
  }

  @Override
  public void print(Page page) {
    page.line("sample.head", seed, drawn);
    for (Line one : devices) {
      page.line(
          "sample.line",
          page.texts().get("sample." + (one.result() == null ? "open" : one.result())),
          Printable.name(one.tag()),
          page.texts().get("state." + one.state()),
          Printable.name(one.owner()),
          Printable.name(one.manager()),
          Printable.name(one.identity()));
    }
    page.line("sample.counts", checked, found, missing, differs);
    if (missing > 0) {
      page.line("sample.tell", Printable.name(serviceDesk), Printable.name(governance));
    }
  }
}
