package uk.usbguard.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import picocli.CommandLine;
import uk.usbguard.cli.command.ManPage;
import uk.usbguard.cli.command.Workbench;
import uk.usbguard.cli.console.Interruption;
import uk.usbguard.cli.console.SystemTerminal;
import uk.usbguard.cli.state.StateFolder;
import uk.usbguard.cli.text.BuildVersion;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.audit.AuditOrigin;
import uk.usbguard.core.container.CreateOptions;
import uk.usbguard.core.container.GenerationMemory;
import uk.usbguard.core.crypto.StandardProfile;

/** Writes the manual pages; the build runs it. */
public final class ManPages {

  private ManPages() {}

  /** Takes the folder to write to and the date that stands on the pages. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Texts texts = new Texts(Locale.ENGLISH, ZoneOffset.UTC);
    Workbench bench =
        new Workbench(
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            System::nanoTime,
            ManPages::noCommandRuns,
            () -> new StandardProfile(noCommandRuns()),
            GenerationMemory.none(),
            new SystemTerminal(null, null, new Interruption()),
            texts,
            new Interruption(),
            CreateOptions::defaults,
            "",
            folder,
            folder,
            new StateFolder(folder),
            () -> new AuditOrigin("", ""));
    write(new Cli(bench, new StateFolder(folder)).all(), folder, texts, args[1]);
  }

  private static SecureRandom noCommandRuns() {
    throw new IllegalStateException("no command runs here");
  }

  private static void write(CommandLine command, Path folder, Texts texts, String date)
      throws IOException {
    String page = new ManPage(command, texts, BuildVersion.text(), date).render();
    Files.writeString(folder.resolve(ManPage.name(command) + ".1"), page, StandardCharsets.UTF_8);
    for (CommandLine subcommand : command.getSubcommands().values()) {
      write(subcommand, folder, texts, date);
    }
  }
}
