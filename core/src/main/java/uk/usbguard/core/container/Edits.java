package uk.usbguard.core.container;

import java.io.IOException;
import java.util.Optional;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.RecordName;
import uk.usbguard.core.format.Value;
import uk.usbguard.core.index.Index;

/**
 * The single steps of a change to an open container, and the commits that make it last. Each step
 * is taken while nobody reads the index; that the steps of one change belong together is {@link
 * Session#changing}'s to see to.
 */
final class Edits {

  private final Storage storage;
  private final CurrentIndex current;
  private final Writing writing;
  private final GenerationMemory memory;
  private final HeldChanges held = new HeldChanges();
  private final ChunkPool chunks = new ChunkPool();
  private long payloadIn;

  Edits(Storage storage, CurrentIndex current, Writing writing, GenerationMemory memory) {
    this.storage = storage;
    this.current = current;
    this.writing = writing;
    this.memory = memory;
  }

  /** A step, on the index as it is. */
  @FunctionalInterface
  private interface Step {
    void take(Index index) throws IOException, ContainerException;
  }

  private void alone(Step step) throws IOException, ContainerException {
    current.alone(
        index -> {
          step.take(index);
          return this;
        });
  }

  Writing writing() {
    return writing;
  }

  Totals totals() {
    return writing.totals();
  }

  /** Those who hold changes back until a commit asks for them. */
  HeldChanges held() {
    return held;
  }

  /** Buffers for what is on its way to being sealed. */
  ChunkPool chunks() {
    return chunks;
  }

  // ---- the index and what it refers to

  /** Puts an entry of the kinds that people see. */
  void put(Key key, Value value) throws IOException, ContainerException {
    alone(
        index -> {
          index.put(key, value);
          writing.writer().changed(key, Optional.of(value));
        });
  }

  /** Removes an entry of the kinds that people see. */
  void remove(Key key) throws IOException, ContainerException {
    alone(
        index -> {
          index.remove(key);
          writing.writer().changed(key, Optional.empty());
        });
  }

  /** Adds content; the chunk is the caller's again when it was sealed. */
  DataPointer addData(byte[] chunk, int length, long fileId, long offset, Runnable whenSealed)
      throws IOException, ContainerException {
    return current.alone(
        index -> {
          payloadIn += length;
          return writing.writer().addData(index, chunk, length, fileId, offset, whenSealed);
        });
  }

  /** Adds a record that is sealed already, under the name that it was sealed with. */
  DataPointer addSealed(RecordName name, byte[] sealed, int length)
      throws IOException, ContainerException {
    return current.alone(index -> writing.writer().addSealed(index, name, sealed, length));
  }

  /** Returns when no chunk that was handed over is in use any more. */
  void awaitSealed() {
    writing.writer().awaitSealed();
  }

  /** Gives up bytes of a batch that nothing refers to any more. */
  void free(long batch, long bytes) throws IOException, ContainerException {
    alone(index -> writing.writer().free(batch, bytes));
  }

  // ---- commits

  boolean isCommitDue() throws IOException, ContainerException {
    return current.alone(index -> writing.writer().isDue(index));
  }

  /** Sends what has gathered on its way; one earlier commit may still be on its own. */
  void commitPart() throws IOException, ContainerException {
    alone(writing::commitPart);
  }

  /** The same, if enough has gathered. */
  void commitIfDue() throws IOException, ContainerException {
    if (isCommitDue()) {
      commitPart();
    }
  }

  /** Brings everything onto the medium; returns when it is there. */
  CommitRecord commit() throws IOException, ContainerException {
    held.flushAll();
    return current.alone(
        index -> {
          writing.commit(index);
          CommitRecord made = writing.durable();
          memory.remember(storage.records().container().toString(), made.generation());
          return made;
        });
  }

  /** Makes a commit even if nothing changed: freed space waits for commits, not for time. */
  void commitAnyway() throws IOException, ContainerException {
    alone(writing::commitAnyway);
  }

  /** Back to the last commit that is on the medium. */
  void rollBack() {
    current.goBack(
        () -> {
          writing.rollBack();
          return writing.durable();
        });
    held.loseAll();
    chunks.reset();
  }

  // ---- space and key areas

  /** Enters what the last commit freed into the books, so that they can be looked at. */
  void enterBooks() throws IOException, ContainerException {
    alone(writing.writer()::enterBooks);
  }

  /** The lowest end that compaction can bring the container to. */
  long lowestEnd() throws IOException, ContainerException {
    CommitWriter writer = writing.writer();
    return current.alone(
        index ->
            Math.min(
                CompactionPlan.lowestEnd(index, writing.durable(), writer.generation()),
                writer.freeTail(index, true)));
  }

  /** True if space in front of a place is worth using and has to wait. */
  boolean hasYoungSpace(long inFrontOf) throws IOException, ContainerException {
    return current.alone(index -> writing.writer().hasYoungSpace(index, inFrontOf));
  }

  /** True if some of the free space at the end has to wait before it can be given up. */
  boolean hasYoungTail() throws IOException, ContainerException {
    CommitWriter writer = writing.writer();
    return current.alone(index -> writer.freeTail(index, false) < writer.freeTail(index, true));
  }

  /** Gives up free space at the end in the next commit; false if there is none. */
  boolean shortenEnd() throws IOException, ContainerException {
    return current.alone(writing.writer()::shortenEnd);
  }

  /** Looks for free space anew before the next batch. */
  void reviewSpace() throws IOException, ContainerException {
    alone(index -> writing.writer().reviewSpace());
  }

  /** Cuts the files off behind what the last commit needs; no anchor area goes with that. */
  void truncateTo(long end) throws IOException, ContainerException {
    alone(index -> cutBehind(end, storage.areas().present()));
  }

  /** The same, and the third anchor area goes too. */
  void truncateWithThirdArea(long end) throws IOException, ContainerException {
    alone(index -> cutBehind(end, AnchorAreas.FIRST_TWO));
  }

  private void cutBehind(long end, int areas) throws IOException, ContainerException {
    writing.arrive(0);
    storage.file().truncateTo(storage.layout().shortest(end, areas));
  }

  /** Commits put their hints into the first two anchor areas only. */
  void leaveThirdArea() throws IOException, ContainerException {
    alone(
        index -> {
          writing.arrive(0);
          storage.areas().leaveThird();
        });
  }

  /** A new key area: into every place, one after the other. */
  void writeKeyArea(byte[] bytes) throws IOException, ContainerException {
    alone(
        index -> {
          writing.arrive(0);
          storage.areas().writeKeyArea(bytes);
          writing.output().keyAreaIs(bytes);
        });
  }

  /** What writing cost so far. */
  WriteStatistics statistics() {
    return new WriteStatistics(
        writing.output().commits(),
        storage.file().forces(),
        storage.file().growths(),
        storage.file().bytesWritten(),
        payloadIn);
  }
}
