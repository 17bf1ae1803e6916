package uk.usbguard.core.check;

import java.util.List;
import uk.usbguard.core.container.ByteRange;
import uk.usbguard.core.container.ContainerPath;

/** One thing that is wrong with a container. Paths are for whoever asked, never for a log. */
public sealed interface Finding {

  /** True if content or names are affected, not only a spare copy of something. */
  default boolean losesData() {
    return true;
  }

  /** Parts of a file do not verify; the rest of it does. */
  record DamagedFile(ContainerPath path, long size, List<ByteRange> ranges) implements Finding {
    /** Copies the list. */
    public DamagedFile {
      ranges = List.copyOf(ranges);
    }

    /** How many bytes are damaged. */
    public long damagedBytes() {
      return ranges.stream().mapToLong(r -> r.end() - r.start()).sum();
    }
  }

  /** A part of the index does not verify: some names of a folder cannot be read. */
  record DamagedFolder(ContainerPath path, long position) implements Finding {}

  /** A copy of the key area is damaged or old; another one serves. */
  record DamagedKeyArea(int copy) implements Finding {
    @Override
    public boolean losesData() {
      return false;
    }
  }

  /** Saves that somebody was told are safe cannot be read: the medium lost them afterwards. */
  record LostSaves(List<Long> generations) implements Finding {
    /** Copies the list. */
    public LostSaves {
      generations = List.copyOf(generations);
    }
  }

  /** Newer commits were seen that are not whole: an interrupted session. */
  record DroppedCommits(List<Long> generations) implements Finding {
    /** Copies the list. */
    public DroppedCommits {
      generations = List.copyOf(generations);
    }

    @Override
    public boolean losesData() {
      return false;
    }
  }
}
