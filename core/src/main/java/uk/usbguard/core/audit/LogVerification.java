package uk.usbguard.core.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import uk.usbguard.core.audit.AuditException.Reason;
import uk.usbguard.core.audit.AuditFinding.Kind;
import uk.usbguard.core.signing.Verifier;

/** Reads all of a log and says whether it is as it was written. Changes nothing. */
public final class LogVerification {

  private LogVerification() {}

  /** Whether there is a file of a log in the folder, or what stands in place of one. */
  public static boolean isBegun(Path folder) throws IOException {
    LogFolder place = new LogFolder(folder);
    return !place.files().isEmpty() || !place.others().isEmpty();
  }

  /**
   * What there is to say of a log of which nothing is left; nothing if there is a log, or never was
   * one as far as is remembered.
   *
   * @param heads what was remembered of the logs in this folder
   */
  public static Optional<AuditReport> gone(Path folder, List<AuditHead> heads) throws IOException {
    if (heads.isEmpty() || isBegun(folder)) {
      return Optional.empty();
    }
    Findings findings = new Findings();
    heads.forEach(head -> findings.add(Kind.GONE, 1, head.entry(), "", 0));
    return Optional.of(
        new AuditReport(
            Optional.empty(),
            0,
            0,
            0,
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            0,
            findings.list(),
            findings.count()));
  }

  /**
   * Verifies the log in a folder.
   *
   * @param key the public key that the log must be signed with
   * @param heads what was remembered, or written down elsewhere, of this log
   * @param firstFile the first file that is kept here; older ones are kept elsewhere
   */
  public static AuditReport run(Path folder, Verifier key, List<AuditHead> heads, int firstFile)
      throws IOException, AuditException {
    LogFolder place = new LogFolder(folder);
    SortedMap<Integer, Path> files = place.files().tailMap(firstFile);
    SortedMap<Integer, Path> others = place.others().tailMap(firstFile);
    if (files.isEmpty() && others.isEmpty()) {
      throw new AuditException(Reason.NO_LOG);
    }
    ChainCheck check = new ChainCheck(key, new Anchors(heads), firstFile > 1);
    others.values().forEach(other -> check.notAFile(String.valueOf(other.getFileName())));
    for (Map.Entry<Integer, Path> file : files.entrySet()) {
      check.startFile(file.getKey(), String.valueOf(file.getValue().getFileName()));
      try (InputStream in = LogFolder.read(file.getValue())) {
        RawLines lines = new RawLines(in);
        long at = 1;
        for (Optional<RawLines.Raw> raw = lines.next(); raw.isPresent(); raw = lines.next()) {
          check.line(raw.get(), at);
          at += raw.get().isEnded() ? 1 : 0;
        }
      }
    }
    return check.finish();
  }
}
