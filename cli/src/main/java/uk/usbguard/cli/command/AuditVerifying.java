package uk.usbguard.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.state.FileHeadMemory;
import uk.usbguard.core.audit.AuditHead;
import uk.usbguard.core.audit.AuditReport;
import uk.usbguard.core.audit.LogVerification;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.signing.KeyFiles;
import uk.usbguard.core.signing.Verifier;

/** Verifies a log against everything that is known of it on this PC. */
final class AuditVerifying {

  private final Workbench bench;
  private final List<AuditHead> known = new ArrayList<>();
  private @Nullable Path keyFile;
  private int firstFile = 1;

  AuditVerifying(Workbench bench) {
    this.bench = bench;
  }

  /** With a public key from elsewhere, not the one that lies beside the log. */
  AuditVerifying with(@Nullable Path trustedKey) {
    keyFile = trustedKey;
    return this;
  }

  /** Also against a head that was written down elsewhere. */
  AuditVerifying with(AuditHead head) {
    known.add(head);
    return this;
  }

  /** Files before this one are kept elsewhere. */
  AuditVerifying from(int file) {
    firstFile = file;
    return this;
  }

  AuditReport run(Path folder) throws IOException, UsbguardException {
    List<AuditHead> remembered = new FileHeadMemory(bench.state()).heads(folder);
    Optional<AuditReport> gone = LogVerification.gone(folder, remembered);
    if (gone.isPresent()) {
      return gone.get();
    }
    Verifier key = key(folder);
    List<AuditHead> heads = new ArrayList<>(known);
    heads.addAll(remembered);
    return LogVerification.run(folder, key, heads, firstFile);
  }

  /** What its signatures are held against. */
  Verifier key(Path folder) throws IOException, UsbguardException {
    return KeyFiles.readPublic(keyFile == null ? keyBeside(folder) : keyFile);
  }

  private static Path keyBeside(Path folder) throws IOException, CommandException {
    Path key = AuditOptions.publicKey(folder);
    if (!Files.exists(key)) {
      throw LogVerification.isBegun(folder)
          ? new CommandException(ExitCode.DAMAGED, "audit-key")
          : new CommandException(ExitCode.NOT_FOUND, "no-audit-log");
    }
    return key;
  }
}
