package uk.usbguard.core.check;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import uk.usbguard.core.container.ByteRange;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Entry;
import uk.usbguard.core.container.EntryCursor;
import uk.usbguard.core.container.FileReader;
import uk.usbguard.core.container.OpenReport;
import uk.usbguard.core.container.ProgressListener;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;

/**
 * Reads all content and all names of a container. What does not verify is reported, and never stops
 * the reading of the rest.
 */
public final class Verification {

  private static final int MOST_FINDINGS = 10_000;

  private final Container container;
  private final ProgressListener progress;
  private final List<Finding> findings = new ArrayList<>();
  private long files;
  private long folders;
  private long bytes;

  private Verification(Container container, ProgressListener progress) {
    this.container = container;
    this.progress = progress;
  }

  /** Reads everything; at most 10,000 findings are kept. */
  public static VerifyReport verify(Container container, ProgressListener progress)
      throws IOException, ContainerException {
    return new Verification(container, progress).run();
  }

  private VerifyReport run() throws IOException, ContainerException {
    OpenReport opened = container.openReport();
    opened.damagedKeyAreas().forEach(copy -> note(new Finding.DamagedKeyArea(copy)));
    if (!opened.lost().isEmpty()) {
      note(new Finding.LostSaves(opened.lost()));
    }
    if (!opened.dropped().isEmpty()) {
      note(new Finding.DroppedCommits(opened.dropped()));
    }
    long total = container.payloadBytes();
    Deque<ContainerPath> open = new ArrayDeque<>();
    open.push(ContainerPath.ROOT);
    while (!open.isEmpty()) {
      verifyFolder(open.pop(), open, total);
    }
    return new VerifyReport(files, folders, bytes, findings);
  }

  private void verifyFolder(ContainerPath folder, Deque<ContainerPath> open, long total)
      throws IOException, ContainerException {
    EntryCursor entries =
        container.listTolerant(
            folder, damage -> note(new Finding.DamagedFolder(folder, damage.position())));
    while (entries.advance()) {
      Entry entry = entries.current();
      ContainerPath path = folder.child(entry.name());
      if (entry.isFolder()) {
        folders++;
        open.push(path);
      } else {
        verifyFile(path, entry, total);
      }
    }
  }

  private void verifyFile(ContainerPath path, Entry entry, long total)
      throws IOException, ContainerException {
    files++;
    long before = bytes;
    List<ByteRange> damaged;
    try {
      FileReader reader = container.openFile(path);
      damaged = reader.damage((done, size) -> progress.advanced(before + done, total));
    } catch (DamagedContainerException e) {
      damaged = List.of(new ByteRange(0, entry.size())); // the index below it is damaged
    }
    bytes = before + entry.size();
    progress.advanced(bytes, total);
    if (!damaged.isEmpty()) {
      note(new Finding.DamagedFile(path, entry.size(), damaged));
    }
  }

  private void note(Finding finding) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }
}
