package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Scanned;
import uk.usbguard.cli.render.Scanned.Counts;
import uk.usbguard.cli.render.Scanned.EvidenceLine;
import uk.usbguard.cli.render.Scanned.ExtentLine;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.media.Evidence;
import uk.usbguard.core.media.ExtentFinding;
import uk.usbguard.core.media.FileMedium;
import uk.usbguard.core.media.MediaScan;
import uk.usbguard.core.media.Medium;
import uk.usbguard.core.media.MediumReport;
import uk.usbguard.core.media.Patience;
import uk.usbguard.core.media.PatientMedium;
import uk.usbguard.core.media.Reason;
import uk.usbguard.core.media.Verdict;

/** Scans what a person names: a device, an image or a mount point. */
public final class Scanning {

  // What POSIX's <sys/stat.h> calls S_IFMT, S_IFIFO, S_IFCHR and S_IFSOCK.
  private static final int FILE_TYPE = 0xF000;
  private static final int PIPE = 0x1000;
  private static final int CHARACTERS = 0x2000;
  private static final int SOCKET = 0xC000;

  private final boolean hardwareEncrypted;
  private final Patience patience;

  public Scanning(boolean hardwareEncrypted, Patience patience) {
    this.hardwareEncrypted = hardwareEncrypted;
    this.patience = patience;
  }

  /** Does it. The answer "not encrypted" is a failure of its own, behind the result. */
  public Outcome<Scanned> run(Path path, String target) throws IOException, CommandException {
    MediumReport report = look(path, target);
    boolean image = Files.isRegularFile(path);
    String file = image ? "image" : "device";
    String kind = Files.isDirectory(path) ? "tree" : file;
    return new Outcome<>(report(target, kind, report), answer(report, target, image));
  }

  /** Looks, and answers nothing. */
  public MediumReport look(Path path, String target) throws IOException, CommandException {
    if (!Files.exists(path)) {
      throw new CommandException(ExitCode.NOT_FOUND, "no-such-target", Printable.name(target));
    }
    if (isNoMedium(path)) {
      throw new CommandException(ExitCode.USAGE, "not-a-medium", Printable.name(target));
    }
    if (!Files.isDirectory(path)) {
      try (Medium medium = PatientMedium.open(() -> FileMedium.open(path), patience)) {
        return MediaScan.scan(medium, hardwareEncrypted);
      }
    }
    Path root = path.toRealPath();
    if (!DriveRoots.isMountPoint(root)) {
      throw new CommandException(ExitCode.USAGE, "not-a-mount-point", Printable.name(target));
    }
    return MediaScan.scanTree(root, hardwareEncrypted, patience);
  }

  /** A pipe, a socket, or what gives bytes one after the other, such as a terminal. */
  private static boolean isNoMedium(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return false;
    }
    boolean rawDisk =
        String.valueOf(path.toRealPath().getFileName()).startsWith("rdisk"); // on macOS
    return switch ((int) Files.getAttribute(path, "unix:mode") & FILE_TYPE) {
      case PIPE, SOCKET -> true;
      case CHARACTERS -> !rawDisk;
      default -> false;
    };
  }

  private static @Nullable CommandException answer(
      MediumReport report, String target, boolean image) {
    if (report.isEncrypted()) {
      return null;
    }
    String unreadable = image ? "scan-unreadable-image" : "scan-unreadable";
    return report.verdict() == Verdict.UNREADABLE
        ? new CommandException(ExitCode.IO, unreadable, Printable.name(target))
        : new CommandException(ExitCode.NO, "scan-not-encrypted", Printable.name(target));
  }

  private static Scanned report(String target, String kind, MediumReport report) {
    return new Scanned(
        target,
        kind,
        code(report.verdict()),
        report.isEncrypted(),
        report.sizeBytes(),
        report.bytesRead(),
        codes(report.reasons()),
        report.extents().stream().map(Scanning::extent).toList());
  }

  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<String> codes(List<Reason> reasons) {
    return reasons.stream().map(Reason::code).toList();
  }

  private static ExtentLine extent(ExtentFinding finding) {
    return new ExtentLine(
        code(finding.extent().role()),
        finding.extent().number(),
        finding.extent().offsetBytes(),
        finding.extent().lengthBytes(),
        code(finding.state()),
        codes(finding.reasons()),
        finding.evidence().stream().map(Scanning::evidence).toList());
  }

  private static EvidenceLine evidence(Evidence evidence) {
    if (evidence instanceof Evidence.Sighting seen) {
      return new EvidenceLine(
          "sighting",
          seen.format().label(),
          seen.offsetBytes(),
          code(seen.soundness()),
          codes(seen.doubts()),
          seen.fingerprint().map(Object::toString).orElse(null),
          null);
    }
    if (evidence instanceof Evidence.Sample sample) {
      Counts counts =
          new Counts(
              sample.windows(),
              sample.constant(),
              sample.random(),
              sample.structured(),
              null,
              null,
              null,
              null);
      return new EvidenceLine("sample", null, null, null, null, null, counts);
    }
    if (evidence instanceof Evidence.Listing listing) {
      Counts counts =
          new Counts(
              null,
              null,
              null,
              null,
              listing.containers(),
              listing.companions(),
              listing.others(),
              listing.deleted());
      return new EvidenceLine("listing", null, null, null, null, null, counts);
    }
    if (evidence instanceof Evidence.Unread unread) {
      return new EvidenceLine(
          "unread", null, unread.offsetBytes(), null, List.of(unread.reason().code()), null, null);
    }
    throw new BugException("evidence without words: " + evidence.getClass().getSimpleName());
  }
}
