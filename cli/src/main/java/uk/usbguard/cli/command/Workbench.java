package uk.usbguard.cli.command;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.console.Interruption;
import uk.usbguard.cli.console.Terminal;
import uk.usbguard.cli.state.FileHeadMemory;
import uk.usbguard.cli.state.StateFolder;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.audit.AuditOrigin;
import uk.usbguard.core.audit.AuditSettings;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.CreateOptions;
import uk.usbguard.core.container.GenerationMemory;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.passphrase.ContextKind;
import uk.usbguard.core.passphrase.PassphraseRules;

/**
 * What Main gives to every command. What takes time to make is made when it is asked for.
 *
 * @param profile the algorithms of containers
 * @param createOptions how a container is made if nothing else is said
 * @param folder what relative paths start from
 * @param home the user's own folder, which is never taken for a drive
 * @param state what the program remembers on this PC
 * @param origin whose doings an audit log records
 */
public record Workbench(
    Clock clock,
    LongSupplier nanoTime,
    Supplier<SecureRandom> random,
    Supplier<CryptoProfile> profile,
    GenerationMemory memory,
    Terminal terminal,
    Texts texts,
    Interruption interruption,
    Supplier<CreateOptions> createOptions,
    String osName,
    Path folder,
    Path home,
    StateFolder state,
    Supplier<AuditOrigin> origin) {

  ContainerEnvironment environment() {
    return new ContainerEnvironment(
        clock, random.get(), profile.get(), memory, interruption::isRequested);
  }

  /** A path as audit logs hash it. */
  String name(String typed) {
    return path(typed).toAbsolutePath().normalize().toString();
  }

  AuditSettings audit() {
    return audit(null);
  }

  /** For what this person does; null if that is the account itself. */
  AuditSettings audit(@Nullable String actor) {
    AuditOrigin account = origin.get();
    return AuditSettings.of(
        clock, random, actor == null ? account : account.as(actor), new FileHeadMemory(state));
  }

  /** The rules for a new passphrase of a file: its own name and the user's count for nothing. */
  PassphraseRules passphraseRules(Path file) {
    return PassphraseRules.standard()
        .withContext(ContextKind.DEVICE, String.valueOf(file.getFileName()))
        .withContext(ContextKind.USER, String.valueOf(home.getFileName()));
  }

  /** A path as it was typed. */
  Path path(String typed) {
    return folder.resolve(typed);
  }
}
