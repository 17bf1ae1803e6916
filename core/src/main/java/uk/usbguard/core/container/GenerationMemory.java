package uk.usbguard.core.container;

import java.util.OptionalLong;

/**
 * What this user has seen of containers before: the only way to notice that a whole container was
 * put back to an older copy. It warns and never locks anybody out.
 */
public interface GenerationMemory {

  /** The highest generation of a container seen so far. */
  OptionalLong lastSeen(String containerId);

  /** Remembers a generation; failing to is no reason to fail the work at hand. */
  void remember(String containerId, long generation);

  /** A memory that keeps nothing. */
  static GenerationMemory none() {
    return new GenerationMemory() {
      @Override
      public OptionalLong lastSeen(String containerId) {
        return OptionalLong.empty();
      }

      @Override
      public void remember(String containerId, long generation) {
        // nothing is kept
      }
    };
  }
}
