package uk.usbguard.core.container;

import uk.usbguard.core.format.FreeRun;

/** How long a free run waits before it is written again (I1), and which runs wait as one. */
final class RunAge {

  /** A free run is old enough after so many commits ... */
  static final int WAIT_COMMITS = 16;

  /** ... if so many bytes were written as well; ... */
  static final long WAIT_BYTES = 64L << 20;

  /** ... or after so many commits alone: each is at least two writes and a force. */
  static final int WAIT_COMMITS_ALONE = 32;

  private RunAge() {}

  /** True if no state that could still be fallen back to refers to the run. */
  static boolean isOldEnough(FreeRun run, long generation, long written) {
    long commits = generation - run.freedIn();
    return run.freedIn() == 0
        || commits >= WAIT_COMMITS_ALONE
        || (commits >= WAIT_COMMITS && written - run.writtenWhenFreed() >= WAIT_BYTES);
  }

  /** Two neighbours as one run, which waits as the younger does. */
  static FreeRun join(FreeRun a, FreeRun b) {
    return new FreeRun(
        a.length() + b.length(),
        Math.max(a.freedIn(), b.freedIn()),
        Math.max(a.writtenWhenFreed(), b.writtenWhenFreed()));
  }

  /** Runs of different age are not merged: the younger would make the older wait again. */
  static boolean waitsAlike(FreeRun a, FreeRun b, long generation, long written) {
    boolean bothOld = isOldEnough(a, generation, written) && isOldEnough(b, generation, written);
    boolean sameAge = a.freedIn() == b.freedIn() && a.writtenWhenFreed() == b.writtenWhenFreed();
    return (bothOld || sameAge) && a.length() + b.length() < (1L << 32) - 1;
  }
}
