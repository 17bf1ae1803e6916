package uk.usbguard.core.container;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.FormatLimits;

/**
 * Verified facts about an open container.
 *
 * @param keyAge how long the master key has been in use
 * @param payloadBytes sum of the sizes of all files
 * @param fileBytes length of the container's own files
 * @param freeBytes of them, what no content takes: room for new content, some of it after the
 *     commits that freed space waits for; compaction gives most of it back
 * @param clean whether the last session came to an orderly end
 * @param modules what does the cryptography, with versions
 */
public record ContainerInfo(
    String id,
    int version,
    Profile profile,
    Instant made,
    Instant keyMade,
    KeyAge keyAge,
    long keyGeneration,
    long generation,
    Instant committed,
    boolean clean,
    long files,
    long folders,
    long payloadBytes,
    long fileBytes,
    long freeBytes,
    List<SlotInfo> slots,
    String modules) {

  /** Copies the list. */
  public ContainerInfo {
    slots = List.copyOf(slots);
  }

  /** The facts of an open container, with the changes that its writer has made so far. */
  static ContainerInfo of(Session session, List<SlotInfo> slots)
      throws IOException, ContainerException {
    var area = session.keys().area();
    CommitRecord commit = session.current();
    Totals totals = session.isWritable() ? session.edits().totals() : new Totals(commit);
    return new ContainerInfo(
        area.container().id().toString(),
        FormatLimits.VERSION,
        Profile.valueOf(area.container().profile().name()),
        area.container().made(),
        area.masterKeyMade(),
        KeyAge.of(area.masterKeyMade(), session.environment().clock()),
        area.keyGeneration(),
        commit.generation(),
        Instant.ofEpochMilli(commit.timeMillis()),
        commit.clean(),
        totals.files(),
        totals.folders(),
        totals.payloadBytes(),
        session.storage().file().totalBytes(),
        UsedSpace.freeBytes(session),
        slots,
        session.environment().standardProfile().modules());
  }
}
