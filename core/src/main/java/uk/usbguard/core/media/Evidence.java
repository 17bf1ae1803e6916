package uk.usbguard.core.media;

import java.util.List;
import java.util.Optional;
import uk.usbguard.core.device.ContainerFingerprint;

/** One thing that was seen. Holds no names and no content of what is on the medium. */
public sealed interface Evidence {

  /** How far a structure was found to be what its signature says. */
  enum Soundness {
    /** Its own rules hold, and its checksums where it has them. */
    SOUND,
    /** Its signature is there, its structure is not. */
    DAMAGED,
    /** Only the spare copy that such a file system keeps of its start. */
    REMAINS
  }

  /**
   * A structure that was recognised.
   *
   * @param doubts why it does not count in full; empty if it does
   * @param fingerprint of a container that says which one it is and does not contradict itself
   */
  record Sighting(
      Format format,
      long offsetBytes,
      Soundness soundness,
      List<Reason> doubts,
      Optional<ContainerFingerprint> fingerprint)
      implements Evidence {
    /** Copies. */
    public Sighting {
      doubts = List.copyOf(doubts);
    }

    /** Of what is no container, or says not which one it is. */
    static Sighting of(Format format, long offsetBytes, Soundness soundness, List<Reason> doubts) {
      return new Sighting(format, offsetBytes, soundness, doubts, Optional.empty());
    }
  }

  /**
   * Places where content was sampled: 64 KiB each, spread evenly, the first and the last among
   * them. Random-looking proves nothing; structured refutes.
   *
   * @param constant all bytes alike, as where nothing was ever written
   * @param structured neither: somebody can read this
   */
  record Sample(int windows, int constant, int random, int structured) implements Evidence {}

  /**
   * What lies in the directories of a file system.
   *
   * @param companions files and folders that operating systems make by themselves
   * @param others anything else
   * @param deleted entries of removed files, whose content may still lie on the medium
   */
  record Listing(int containers, int companions, int others, int deleted) implements Evidence {}

  /** A place that could not be read. */
  record Unread(Reason reason, long offsetBytes) implements Evidence {}
}
