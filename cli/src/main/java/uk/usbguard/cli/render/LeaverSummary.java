package uk.usbguard.cli.render;

import java.util.List;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.LeaverReport;

/**
 * What somebody who leaves has to give back.
 *
 * @param closed whether that is nothing
 */
public record LeaverSummary(
    String person,
    boolean closed,
    List<String> suspended,
    List<DeviceLine> outstanding,
    List<String> managers)
    implements Report {

  /** The report as it is shown. */
  public static LeaverSummary of(LeaverReport report) {
    List<Device> outstanding = report.outstanding();
    return new LeaverSummary(
        report.owner(),
        report.isClosed(),
        report.suspended().stream().map(device -> device.tag().text()).toList(),
        outstanding.stream().map(DeviceLine::of).toList(),
        outstanding.stream().map(device -> device.holder().manager()).distinct().toList());
  }

  @Override
  public String type() {
    return "device-leaver";
  }

  @Override
  public void print(Page page) {
    page.line(closed ? "leaver.closed" : "leaver.open", Printable.name(person));
    outstanding.forEach(line -> line.print(page));
    managers.forEach(manager -> page.line("leaver.manager", Printable.name(manager)));
  }
}
