package uk.usbguard.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import uk.usbguard.cli.console.Secrets;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.Report;

/** A command: it says its result and ends with 0, or throws what the exit code follows from. */
abstract class BaseCommand implements Callable<Integer> {

  final Workbench bench;

  @Mixin final OutputOptions options = new OutputOptions();

  BaseCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public final Integer call() throws Exception {
    run(options.output(bench));
    return 0;
  }

  /** Does it. */
  abstract void run(Output output) throws Exception;

  final Secrets secrets() {
    return new Secrets(bench.terminal(), bench.texts());
  }

  /** A stream of results can be long: what is there is shown. */
  final void stream(Output output, Report report) {
    output.result(report);
  }
}
