package uk.usbguard.core.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import uk.usbguard.core.container.ProgressListener;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.LimitExceededException;
import uk.usbguard.core.error.NotAContainerException;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.ByteString;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.Frame;
import uk.usbguard.core.format.KeyAreaCodec;
import uk.usbguard.core.format.RootSlot;
import uk.usbguard.core.format.UnverifiedKeyArea;
import uk.usbguard.core.io.BlockFile;
import uk.usbguard.core.io.SegmentFiles;

/**
 * Files in which parts of containers may lie, at any multiple of 512 bytes: images of sticks, lost
 * chains that a check of the file system put into files, segments under other names. Only reads.
 */
final class Pieces implements AutoCloseable {

  private static final int SECTOR = 512;
  private static final int WINDOW = 1 << 20;
  private static final int MOST_FRAMES = 2_000_000;
  private static final int MOST_KEY_AREAS = 64;
  private static final int MOST_SLOTS = 4096;

  private final List<BlockFile> files = new ArrayList<>();
  private final List<Area> areas = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<byte[]> slots = new ArrayList<>();

  /** A copy of the key area, and its bytes. */
  record Area(UnverifiedKeyArea claims, ByteString bytes) {}

  /**
   * A batch, as a frame at one of its ends claims.
   *
   * @param piece the number of the file
   * @param start where in it the batch starts; below zero if only its end is in there
   */
  record Part(Frame frame, int piece, long start) {}

  private Pieces() {}

  /** Looks through all of them. */
  static Pieces scan(List<Path> paths, ProgressListener progress)
      throws IOException, ContainerException {
    Pieces pieces = new Pieces();
    boolean done = false;
    try {
      for (Path path : paths) {
        pieces.files.add(
            new SegmentFiles(path, false)
                .open(0)
                .orElseThrow(() -> new NoSuchFileException(path.toString())));
      }
      for (int piece = 0; piece < pieces.files.size(); piece++) {
        pieces.scan(piece, progress);
      }
      done = true;
      return pieces;
    } finally {
      if (!done) {
        pieces.close();
      }
    }
  }

  private void scan(int piece, ProgressListener progress) throws IOException, ContainerException {
    byte[] window = new byte[WINDOW];
    long size = files.get(piece).size();
    for (long at = 0; at < size; at += WINDOW) {
      int n = files.get(piece).readAt(at, ByteBuffer.wrap(window));
      for (int sector = 0; sector + SECTOR <= n; sector += SECTOR) {
        look(piece, at + sector, window, sector);
      }
      progress.advanced(Math.min(size, at + n), size);
    }
  }

  private void look(int piece, long at, byte[] window, int sector)
      throws IOException, ContainerException {
    Frame.read(window, sector).ifPresent(head -> parts.add(new Part(head, piece, at)));
    int tailAt = sector + SECTOR - BatchLayout.FRAME;
    long end = at + SECTOR;
    Frame.read(window, tailAt)
        .ifPresent(tail -> parts.add(new Part(tail, piece, end - tail.length())));
    if (parts.size() > MOST_FRAMES) {
      throw new LimitExceededException("frames in the pieces", parts.size(), MOST_FRAMES);
    }
    if (KeyAreaCodec.isMarked(window, sector) && areas.size() < MOST_KEY_AREAS) {
      keyArea(piece, at);
    }
    if (RootSlot.isMarked(window, sector) && slots.size() < MOST_SLOTS) {
      byte[] slot = new byte[RootSlot.LENGTH];
      files.get(piece).readAt(at, ByteBuffer.wrap(slot));
      slots.add(slot);
    }
  }

  private void keyArea(int piece, long at) throws IOException {
    byte[] bytes = new byte[FormatLimits.KEY_AREA_LENGTH];
    files.get(piece).readAt(at, ByteBuffer.wrap(bytes));
    try {
      areas.add(new Area(KeyAreaCodec.decode(bytes, 0), ByteString.of(bytes)));
    } catch (ContainerException e) {
      // Another copy may be whole.
    }
  }

  /** The copies of key areas that are well-formed, of whichever container. */
  List<Area> keyAreas() throws NotAContainerException {
    if (areas.isEmpty()) {
      throw new NotAContainerException("no key area in any of the pieces");
    }
    return areas;
  }

  /** All batches of whichever container, as their frames claim. */
  List<Part> parts() {
    return parts;
  }

  /** All blocks that look like root slots. */
  List<byte[]> slots() {
    return slots;
  }

  /** Reads what there is of a piece from an offset on; how much that was. */
  int read(int piece, long offset, byte[] target, int from, int length) throws IOException {
    return files.get(piece).readAt(offset, ByteBuffer.wrap(target, from, length));
  }

  @Override
  public void close() throws IOException {
    for (BlockFile file : files) {
      file.close();
    }
  }
}
