package uk.usbguard.core.container;

import java.io.IOException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.MediumFullException;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.index.Index;

/**
 * What a session has only if it writes: the commit in the making, those on their way to the medium,
 * and the newest one that is there for certain. Not safe for several threads; the session locks.
 */
final class Writing {

  private final CommitWriter writer;
  private final CommitOutput output;
  private final Totals totals;
  private CommittedState durable;
  private volatile boolean broken;
  private volatile boolean failed;

  Writing(CommitWriter writer, CommitOutput output, CommittedState start) {
    this.writer = writer;
    this.output = output;
    this.totals = new Totals(start.record());
    this.durable = start;
  }

  CommitWriter writer() {
    return writer;
  }

  CommitOutput output() {
    return output;
  }

  Totals totals() {
    return totals;
  }

  /** The newest commit that is on the medium for certain. */
  CommitRecord durable() {
    return durable.record();
  }

  /** True once nobody knows what is on the medium: open it again and look. */
  boolean isBroken() {
    return broken;
  }

  /** True if a commit did not arrive: what was built on it has to be taken back. */
  boolean hasFailed() {
    return failed;
  }

  /** Sends what has gathered on its way; one earlier commit may still be on its own. */
  void commitPart(Index index) throws IOException, ContainerException {
    writer.commit(index, totals, false);
    arrive(1);
  }

  /** Brings everything onto the medium; returns when it is there. */
  void commit(Index index) throws IOException, ContainerException {
    if (writer.isDirty() || !writer.previous().record().clean()) {
      writer.commit(index, totals, true);
    }
    boolean tight = writer.usedReserve();
    arrive(0);
    if (tight) {
      makeFreedSpaceUsable(index);
    }
  }

  /**
   * On a full medium what a deletion freed is wanted soon: the commits it waits for are made now.
   */
  private void makeFreedSpaceUsable(Index index) throws IOException, ContainerException {
    commitAnyway(index); // enters what the last one freed
    if (!writer.hasYoungSpace(index, Long.MAX_VALUE)) {
      return; // the batches are still in use in part: waiting would gain nothing
    }
    for (int i = 0; i < RunAge.WAIT_COMMITS_ALONE; i++) {
      commitAnyway(index);
    }
    writer.reviewSpace();
  }

  /** Makes a commit even if nothing changed: freed space waits for commits, not for time. */
  void commitAnyway(Index index) throws IOException, ContainerException {
    writer.commit(index, totals, true);
    arrive(0);
  }

  /** Waits until no more than so many commits are on their way. */
  void arrive(int most) throws IOException, ContainerException {
    boolean known = false;
    failed = true;
    try {
      output.await(most, arrived -> durable = arrived);
      known = true;
      failed = false;
    } catch (MediumFullException e) {
      known = true;
      throw e;
    } finally {
      broken |= !known;
    }
  }

  /** Back to the last commit that is on the medium. */
  void rollBack() {
    output.abandon();
    failed = false;
    writer.restart(durable, output.highestRoot());
    totals.reset(durable.record());
  }
}
