package uk.usbguard.core.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import uk.usbguard.core.media.Extent.Role;

/** Judges the tree of files below a mount point. No link is followed. */
final class TreeScan {

  private static final int WINDOWS = 64;

  private TreeScan() {}

  static MediumReport scan(Path root, boolean asserted) {
    ContentsJudge judge = new ContentsJudge(new Sampler(WINDOWS));
    Set<Reason> reasons = new TreeSet<>();
    List<Evidence> evidence = new ArrayList<>();
    Totals totals = new Totals();
    boolean sealed = false;
    Folder folder = Folder.NONE;
    try {
      folder = folder(root, totals);
      sealed = judge.holdsOnlyContainers(folder);
    } catch (ReadFailedException e) {
      reasons.add(e.reason());
      evidence.add(new Evidence.Unread(e.reason(), e.offset()));
    }
    evidence.addAll(0, judge.evidence());
    reasons.addAll(judge.reasons());
    ExtentState state = state(sealed, folder, reasons);
    Extent extent = new Extent(Role.TREE, 0, 0, totals.fileBytes);
    var finding = new ExtentFinding(extent, state, evidence, List.copyOf(reasons));
    Verdict verdict = Verdicts.of(List.of(finding), Set.of(), asserted);
    return new MediumReport(
        verdict, totals.fileBytes, totals.bytesRead, List.of(finding), List.of());
  }

  private static ExtentState state(boolean sealed, Folder root, Set<Reason> reasons) {
    if (sealed && reasons.isEmpty()) {
      return ExtentState.ENCRYPTED;
    }
    if (reasons.stream().anyMatch(r -> r.grade() == Reason.Grade.READABLE)) {
      return ExtentState.READABLE;
    }
    if (reasons.stream().anyMatch(r -> r.grade() == Reason.Grade.UNREADABLE)) {
      return ExtentState.UNREADABLE;
    }
    return root.complete() && reasons.isEmpty() ? ExtentState.EMPTY : ExtentState.UNPROVEN;
  }

  private static Folder folder(Path path, Totals totals) throws ReadFailedException {
    List<Node> nodes = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        TreeNode node = new TreeNode(entry, totals);
        totals.fileBytes += node.content().length();
        nodes.add(node);
        if (nodes.size() > Folder.MAX_NODES) {
          return new Folder(nodes, 0, false);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new ReadFailedException(Reason.READ_FAILED, 0, e);
    }
    return new Folder(nodes, 0, true);
  }

  /** What the scan met and cost. */
  private static final class Totals {
    private long fileBytes;
    private long bytesRead;
  }

  /** An entry as the system shows it; a link or a special file is a file of its own kind. */
  private record TreeNode(Path path, Totals totals) implements Node {

    @Override
    public String name() {
      return String.valueOf(path.getFileName());
    }

    @Override
    public boolean isFolder() {
      return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Region content() {
      return new TreeFile(path, totals);
    }

    @Override
    public Folder folder() throws ReadFailedException {
      return isFolder() ? TreeScan.folder(path, totals) : Folder.NONE;
    }
  }

  /** The bytes of a regular file; of anything else none. */
  private record TreeFile(Path path, Totals totals) implements Region {

    @Override
    public long start() {
      return 0;
    }

    @Override
    public long length() {
      try {
        boolean regular = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        return regular ? Files.size(path) : 0;
      } catch (IOException e) {
        return 0; // gone meanwhile: it then is no container either
      }
    }

    @Override
    public Block at(long offset, int wanted) throws ReadFailedException {
      ByteBuffer target = ByteBuffer.allocate(wanted);
      if (offset < 0 || length() == 0) {
        return new Block(target.array());
      }
      if (totals.bytesRead + wanted > PageReader.BUDGET) {
        throw new ReadFailedException(Reason.READ_BUDGET, offset, null);
      }
      totals.bytesRead += wanted;
      try (FileChannel channel =
          FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
        long at = offset;
        int n = 0;
        while (n >= 0 && target.hasRemaining()) {
          n = channel.read(target, at);
          at += Math.max(0, n);
        }
      } catch (IOException e) {
        throw new ReadFailedException(Reason.READ_FAILED, offset, e);
      }
      return new Block(target.array());
    }
  }
}
