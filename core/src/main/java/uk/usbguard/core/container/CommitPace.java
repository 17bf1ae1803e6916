package uk.usbguard.core.container;

import java.time.Clock;

/**
 * When a commit is due: how much of what was changed a pull may cost. Near the end of a medium
 * commits become smaller, as of one that does not fit nothing is stored.
 */
final class CommitPace {

  /** Due when so many bytes have gathered ... */
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  /** ... or a fourth of what a nearly full medium takes, but not less than this ... */
  private static final int LEAST_BYTES = 256 * 1024;

  /** ... or so long after the first change ... */
  private static final long MILLIS = 2000;

  /** ... or when so many nodes were changed, or so many bytes of changes stand in the trailer. */
  private static final int MOST_NODES = 384;

  private static final int MOST_CHANGE_BYTES = 4 * 1024 * 1024;
  private static final int NODE = 16_384;

  private final Clock clock;
  private final int mostNodes;
  private final long mostChangeBytes;
  private long since;
  private long mostBytes = MOST_BYTES;

  /**
   * For one session.
   *
   * @param room bytes of the largest region that a batch finds
   */
  CommitPace(Clock clock, int room) {
    this.clock = clock;
    this.mostNodes = Math.min(MOST_NODES, room / (4 * NODE));
    this.mostChangeBytes = Math.min(MOST_CHANGE_BYTES, room / 8);
  }

  /** The first change of a commit, with so much room on the medium. */
  void begin(long usableBytes) {
    since = clock.millis();
    mostBytes = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, usableBytes / 4));
  }

  /** True if what has gathered since then is to be put onto the medium. */
  boolean isDue(long gatheredBytes, int dirtyNodes, long changeBytes) {
    return gatheredBytes >= mostBytes
        || dirtyNodes >= mostNodes
        || changeBytes >= mostChangeBytes
        || clock.millis() - since >= MILLIS;
  }
}
