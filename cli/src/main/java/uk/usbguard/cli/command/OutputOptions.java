package uk.usbguard.cli.command;

import picocli.CommandLine.Option;
import uk.usbguard.cli.console.Progress;
import uk.usbguard.cli.console.ProgressBar;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.work.Surroundings;

/** What every command has. */
final class OutputOptions {

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  @Option(names = "--no-progress", descriptionKey = "no-progress")
  private boolean noProgress;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  Output output(Workbench bench) {
    return json
        ? Output.json(bench.terminal(), bench.texts())
        : Output.text(bench.terminal(), bench.texts(), !noProgress);
  }

  Progress progress(Workbench bench) {
    return isWatched(bench)
        ? new ProgressBar(bench.terminal().err(), bench.texts(), bench.nanoTime())
        : Progress.NONE;
  }

  /** For work that can last. Ctrl-C waits for its orderly end from here on. */
  Surroundings surroundings(Workbench bench, boolean strict) {
    bench.interruption().working();
    return new Surroundings(
        progress(bench),
        isWatched(bench),
        bench.interruption()::isRequested,
        bench.nanoTime(),
        strict);
  }

  private boolean isWatched(Workbench bench) {
    return !noProgress && !json && bench.terminal().errIsTerminal();
  }
}
