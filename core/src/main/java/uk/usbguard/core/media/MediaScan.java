package uk.usbguard.core.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import uk.usbguard.core.media.Extent.Role;

/**
 * Says what is really on a medium. Reads at most 64 MiB, allocates nothing by what the medium
 * claims, and throws nothing that the medium can cause: what cannot be read is a finding.
 *
 * <p>It says that no file system which Windows, Linux or macOS would mount by itself lies outside
 * of a container. It does not say that nobody hid data in a gap, in free clusters or in what looks
 * like ciphertext, nor that firmware answers the next reader as it answered this one.
 */
public final class MediaScan {

  private static final int ALL_WINDOWS = 256;
  private static final int MOST_WINDOWS = 64;
  private static final int FEWEST_WINDOWS = 8;
  private static final int[] UNITS = {512, 4096};

  private final Medium medium;
  private final boolean hardwareEncrypted;

  private MediaScan(Medium medium, boolean hardwareEncrypted) {
    this.medium = medium;
    this.hardwareEncrypted = hardwareEncrypted;
  }

  /**
   * Scans a device, partition or image.
   *
   * @param hardwareEncrypted whether somebody who answers for it says that the device encrypts by
   *     itself: nothing on the medium can show that
   */
  public static MediumReport scan(Medium medium, boolean hardwareEncrypted) {
    return new MediaScan(medium, hardwareEncrypted).run();
  }

  /**
   * Scans the tree of files below a mount point; other partitions of the device are not seen. Waits
   * for all of it no longer than the patience allows.
   */
  public static MediumReport scanTree(Path root, boolean hardwareEncrypted, Patience patience) {
    return patiently(() -> TreeScan.scan(root, hardwareEncrypted), patience);
  }

  static MediumReport patiently(Callable<MediumReport> scan, Patience patience) {
    try (Asking asking = new Asking(patience)) {
      return asking.answer(scan, patience.inAll());
    } catch (IOException e) {
      return new MediumReport(Verdict.UNREADABLE, 0, 0, List.of(), List.of(reason(e)));
    }
  }

  private static Reason reason(IOException failure) {
    return failure instanceof TooSlowException ? Reason.TOO_SLOW : Reason.READ_FAILED;
  }

  private MediumReport run() {
    long size;
    try {
      size = medium.sizeBytes();
    } catch (IOException e) {
      return unreadable(0, reason(e));
    }
    if (size <= 0) {
      return unreadable(Math.max(0, size), Reason.NO_MEDIUM);
    }
    if (size > PageReader.LARGEST_MEDIUM) {
      return unreadable(size, Reason.SIZE_IMPOSSIBLE);
    }
    return judge(new PageReader(medium, size));
  }

  private MediumReport unreadable(long size, Reason reason) {
    boolean locked = hardwareEncrypted && reason == Reason.NO_MEDIUM;
    Verdict verdict = locked ? Verdict.LOCKED_HARDWARE : Verdict.UNREADABLE;
    return new MediumReport(verdict, size, 0, List.of(), List.of(reason));
  }

  private MediumReport judge(PageReader reader) {
    Set<Reason> reasons = new TreeSet<>();
    Tables tables = tables(reader, reasons);
    List<Span> partitions = tables.partitions();
    reasons.addAll(tables.doubts());
    if (overlaps(partitions)) {
      reasons.add(Reason.OVERLAP);
    }
    List<ExtentFinding> findings =
        partitions.isEmpty() ? wholeOnly(reader) : partitioned(reader, tables);
    Verdict verdict = Verdicts.of(findings, reasons, hardwareEncrypted);
    return new MediumReport(
        verdict, reader.size(), reader.bytesRead(), findings, List.copyOf(reasons));
  }

  private Tables tables(PageReader reader, Set<Reason> reasons) {
    Tables tables = new Tables(reader);
    OptionalInt known = medium.sectorBytes();
    try {
      for (int unit : UNITS) {
        if (known.isEmpty() || known.getAsInt() == unit || unit == UNITS[0]) {
          new GptReader(tables, unit).read();
        }
      }
      new MbrReader(tables, known.orElse(UNITS[0]) == UNITS[1] ? UNITS[1] : UNITS[0]).read();
    } catch (ReadFailedException e) {
      reasons.add(e.reason());
    }
    return tables;
  }

  private static boolean overlaps(List<Span> sorted) {
    long end = 0;
    for (Span span : sorted) {
      if (span.from() < end) {
        return true;
      }
      end = Math.max(end, span.to());
    }
    return false;
  }

  private static List<ExtentFinding> wholeOnly(PageReader reader) {
    Extent extent = new Extent(Role.WHOLE, 0, 0, reader.size());
    return List.of(examiner(reader, extent, 1).examine());
  }

  private static List<ExtentFinding> partitioned(PageReader reader, Tables tables) {
    List<ExtentFinding> findings = new ArrayList<>();
    List<Span> partitions = tables.partitions();
    Extent whole = new Extent(Role.WHOLE, 0, 0, reader.size());
    examiner(reader, whole, partitions.size()).examineUnderTable().ifPresent(findings::add);
    int number = 1;
    for (Span span : partitions) {
      Extent extent = new Extent(Role.PARTITION, number++, span.from(), span.length());
      findings.add(examiner(reader, extent, partitions.size()).examine());
    }
    Gaps gaps = new Gaps(reader, tables.structures());
    findings.replaceAll(f -> f.state() == ExtentState.EMPTY ? checked(f, gaps) : f);
    number = 1;
    for (Span span : Gaps.between(partitions, reader.size())) {
      findings.add(gaps.judge(new Extent(Role.GAP, number++, span.from(), span.length())));
    }
    return findings;
  }

  /** An empty partition that was read whole is as harmless as a gap. */
  private static ExtentFinding checked(ExtentFinding empty, Gaps gaps) {
    Extent old = empty.extent();
    return gaps.isProvenEmpty(old)
        ? gaps.judge(new Extent(Role.GAP, old.number(), old.offsetBytes(), old.lengthBytes()))
        : empty;
  }

  private static ExtentExaminer examiner(PageReader reader, Extent extent, int extents) {
    int windows = Math.max(FEWEST_WINDOWS, Math.min(MOST_WINDOWS, ALL_WINDOWS / extents));
    return new ExtentExaminer(
        new Sampler(windows),
        new MediumRegion(reader, extent.offsetBytes(), extent.lengthBytes()),
        extent);
  }
}
