package uk.usbguard.core.container;

import java.util.List;

/**
 * One thing that somebody does to a container, as data: a list of them can be printed, cut and done
 * again. What cannot be done at the time is not done, so that every list of steps is a life.
 */
sealed interface LifeStep {

  /** Takes in a file of random bytes, or replaces one. */
  record Put(String path, long seed, int length) implements LifeStep {}

  /** Changes a file at some places, or makes it. */
  record Edit(String path, List<EditStep> changes) implements LifeStep {
    public Edit {
      changes = List.copyOf(changes);
    }
  }

  record Remove(String path) implements LifeStep {}

  record RemoveTree(String path) implements LifeStep {}

  record MakeFolder(String path) implements LifeStep {}

  record Rename(String from, String to) implements LifeStep {}

  record Commit() implements LifeStep {}

  /** Commits, closes and opens again. */
  record Reopen() implements LifeStep {}

  record Compact() implements LifeStep {}

  /** Lets the clock go on, or sets it back. */
  record ClockJump(long millis) implements LifeStep {}

  /** Adds a recovery key and takes the one that was added before away. */
  record ChangeKeys() implements LifeStep {}

  /** One thing that is done to an open file. */
  sealed interface EditStep {

    record Write(int at, long seed, int length) implements EditStep {}

    record Truncate(int length) implements EditStep {}

    record Flush() implements EditStep {}

    record CommitMeanwhile() implements EditStep {}
  }
}
