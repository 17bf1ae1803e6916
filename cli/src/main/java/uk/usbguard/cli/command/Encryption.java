package uk.usbguard.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.console.Confirmation;
import uk.usbguard.cli.console.Secrets;
import uk.usbguard.cli.console.Waiting;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.ImportReport;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.ShownSecret;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.work.ConflictPolicy;
import uk.usbguard.cli.work.DriveRoots;
import uk.usbguard.cli.work.ImportPlan;
import uk.usbguard.cli.work.Importing;
import uk.usbguard.cli.work.Outcome;
import uk.usbguard.cli.work.Surroundings;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.CreateOptions;
import uk.usbguard.core.container.NewContainer;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.Profile;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;

/**
 * One run of encrypt: decides between a new container and one that is there, shows the new key
 * once.
 */
final class Encryption {

  private static final String ON_DRIVE = "Encrypted.ugc";

  private final Workbench bench;
  private final Output output;
  private final CreationOptions creation;
  private final RecoveryOptions recovery;
  private final ImportOptions imports;
  private final KeyOptions key;
  private @Nullable ImportPlan plan;
  private @Nullable ShownSecret shownKey;

  Encryption(
      Workbench bench,
      Output output,
      CreationOptions creation,
      RecoveryOptions recovery,
      ImportOptions imports,
      KeyOptions key) {
    this.bench = bench;
    this.output = output;
    this.creation = creation;
    this.recovery = recovery;
    this.imports = imports;
    this.key = key;
  }

  /** With --to, the sources; without, one drive, all of it, whose plain copies are then removed. */
  Encryption plan(List<Path> sources, @Nullable Path to, boolean removeSource, boolean yes)
      throws IOException, CommandException {
    if (to != null) {
      if (yes) {
        throw new CommandException(ExitCode.USAGE, "yes-with-to");
      }
      plan =
          new ImportPlan(to, null, sources, ContainerPath.ROOT, imports.conflicts(), removeSource);
      return this;
    }
    Path drive = sources.get(0);
    if (sources.size() != 1 || (Files.exists(drive) && !Files.isDirectory(drive))) {
      throw new CommandException(ExitCode.USAGE, "say-to");
    }
    Path root = drive.toRealPath();
    if (DriveRoots.isNeverADrive(root, bench.home())) {
      throw new CommandException(ExitCode.USAGE, "not-a-drive", Printable.name(root.toString()));
    }
    if (!DriveRoots.isMountPoint(root) && !yes) {
      Path name = root.getFileName();
      new Confirmation(bench.terminal(), bench.texts())
          .typed("confirm.folder-as-drive", String.valueOf(name));
    }
    keepOffTheDrive(root, recovery.sheet());
    keepOffTheDrive(root, key.file());
    plan =
        new ImportPlan(
            root.resolve(ON_DRIVE),
            root,
            List.of(root),
            ContainerPath.ROOT,
            ConflictPolicy.KEEP_BOTH,
            true);
    return this;
  }

  /** What opens the container would be moved into it. */
  private void keepOffTheDrive(Path root, @Nullable Path secret)
      throws IOException, CommandException {
    if (secret == null) {
      return;
    }
    Path file = bench.folder().resolve(secret).toAbsolutePath();
    Path folder = file.getParent();
    if (folder != null && Files.exists(folder) && folder.toRealPath().startsWith(root)) {
      throw new CommandException(
          ExitCode.USAGE, "secret-on-drive", Printable.name(secret.toString()));
    }
  }

  /** Does it. */
  Outcome<ImportReport> run(Surroundings surroundings) throws IOException, UsbguardException {
    ImportPlan what = planned();
    Importing importing = new Importing(what, surroundings);
    importing.checkBeforehand();
    String shown = Printable.name(what.container().toString());
    boolean unfinished = Containers.isUnfinished(what.container());
    if (unfinished) {
      output.warning("unfinished", shown);
    }
    boolean created = unfinished || !Files.exists(what.container());
    Path sheet = created ? recovery.sheet() : null;
    Importing.LabelSource labels =
        () ->
            new Importing.Labels(
                "encrypt",
                created,
                recovery.toStdout() ? shownKey : null,
                sheet == null ? null : sheet.toString());
    if (!created) {
      return importing.run(() -> access(what, shown).open(key, OpenMode.READ_WRITE), labels);
    }
    if (key.isRecovery()) {
      throw new CommandException(ExitCode.USAGE, "recovery-key-creates-nothing");
    }
    CreateOptions options = createOptions();
    RecoveryKeyShowing.checkSheet(bench, sheet);
    try (Passphrase passphrase =
        new Secrets(bench.terminal(), bench.texts())
            .newPassphrase(key.source(), shown, bench.passphraseRules(what.container()))) {
      return importing.run(() -> create(what.container(), options, passphrase), labels);
    }
  }

  private ContainerAccess access(ImportPlan what, String shown) {
    return new ContainerAccess(bench, output, what.container(), shown);
  }

  private CreateOptions createOptions() throws CommandException {
    Profile wantedProfile = profile(creation.profile());
    CreateOptions defaults = bench.createOptions().get();
    boolean wanted = !creation.refusesRecoveryKey() && recovery.canBeShown(bench);
    if (!wanted && !creation.refusesRecoveryKey()) {
      output.warning("no-recovery-key");
    }
    return defaults.withProfile(wantedProfile).withRecoveryKey(wanted);
  }

  private static Profile profile(String name) throws CommandException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "standard" -> Profile.STANDARD;
      case "fips" -> throw new CommandException(ExitCode.UNSUPPORTED, "profile-to-come");
      default ->
          throw new CommandException(ExitCode.USAGE, "no-such-profile", Printable.name(name));
    };
  }

  private Container create(Path file, CreateOptions options, Passphrase passphrase)
      throws IOException, UsbguardException {
    NewContainer made;
    Waiting waiting = output.derivingKey();
    try {
      made = Containers.create(file, options, passphrase, bench.environment());
    } finally {
      waiting.over();
    }
    boolean shown = false;
    try {
      if (made.recoveryKey().isPresent()) {
        try (RecoveryKey recoveryKey = made.recoveryKey().get()) {
          shownKey =
              new RecoveryKeyShowing(bench, output, recovery)
                  .show(recoveryKey, file, made.container().id());
        }
      }
      shown = true;
      return made.container();
    } finally {
      if (!shown) {
        made.close();
      }
    }
  }

  private ImportPlan planned() {
    if (plan == null) {
      throw new IllegalStateException("no plan");
    }
    return plan;
  }
}
