package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.work.Scanning;

/** Says what is really on a medium. */
@Command(name = "scan")
final class ScanCommand extends BaseCommand {

  @Parameters(index = "0", paramLabel = "TARGET", descriptionKey = "scan-target")
  private String target = "";

  @Option(names = "--hardware-encrypted", descriptionKey = "hardware-encrypted")
  private boolean hardwareEncrypted;

  ScanCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(Output output) throws Exception {
    new Scanning(hardwareEncrypted).run(bench.path(target), target).deliver(output);
  }
}
