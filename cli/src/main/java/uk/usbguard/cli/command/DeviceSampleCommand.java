package uk.usbguard.cli.command;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.SampleReport;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.SampleSeed;

/** Draws drives to go and look at, and says what was found so far: AUD-06. */
@Command(name = "sample")
final class DeviceSampleCommand extends RegisterChange {

  private static final int SEED_BYTES = 8;

  @Option(names = "--count", paramLabel = "N", descriptionKey = "sample-count")
  private int count = 20;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      descriptionKey = "sample-seed",
      converter = SeedWord.class)
  private @Nullable SampleSeed seed;

  DeviceSampleCommand(Workbench bench) {
    super(bench, AuditAction.DEVICE_SAMPLE);
  }

  /** With its seed: who draws until the sample suits is seen. */
  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    if (count < 1 || count > DeviceRegister.MAX_PAGE) {
      throw new CommandException(ExitCode.USAGE, "sample-count", DeviceRegister.MAX_PAGE);
    }
    SampleSeed drawn = seed == null ? random() : seed;
    isAbout(subject().withId(drawn.text()));
    output.result(
        SampleReport.of(drawn, register.sample(drawn, count), register.settings().organisation()));
  }

  private SampleSeed random() {
    byte[] bytes = new byte[SEED_BYTES];
    bench.random().get().nextBytes(bytes);
    return new SampleSeed(HexFormat.of().formatHex(bytes));
  }
}
