package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexRoot;
import uk.usbguard.core.index.NodeStore;

/**
 * The index of an open container at one of its commits, and the lock under which it is read and
 * changed. Whoever changes it holds the same lock for the commit in the making, so that a reader
 * never meets half a change. The lock is held shortly and never while a file of the user is read.
 */
final class CurrentIndex {

  /** Protects the index, the commit it is at, and what a writer has in the making. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Storage storage;
  private final @Nullable CommitWriter writer;
  private CommitRecord commit;
  private Index index;

  /**
   * The index as a commit left it.
   *
   * @param writer who has newer nodes and records than the files; nobody for a reader
   */
  CurrentIndex(Storage storage, CommitRecord commit, @Nullable CommitWriter writer) {
    this.storage = storage;
    this.writer = writer;
    this.commit = commit;
    this.index = indexOf(commit);
  }

  private Index indexOf(CommitRecord record) {
    NodeStore store =
        writer == null
            ? new NodeIo(storage.file(), storage.records())
            : new WriterNodes(this, storage.records(), writer);
    return record
        .root()
        .map(root -> Index.open(store, new IndexRoot(root.level(), root.pointer())))
        .orElseGet(() -> Index.empty(store));
  }

  /** The index itself, for one thread that works alone. */
  Index index() {
    return index;
  }

  /** The commit that the index was last taken from. */
  CommitRecord commit() {
    return commit;
  }

  /** Reads or changes the index while nobody else does. */
  <T> T alone(Reading<T> work) throws IOException, ContainerException {
    lock.lock();
    try {
      return work.read(index);
    } finally {
      lock.unlock();
    }
  }

  /** Goes back to where the writer goes back to, in one step with it. */
  void goBack(Supplier<CommitRecord> writerGoesBack) {
    lock.lock();
    try {
      goTo(writerGoesBack.get());
    } finally {
      lock.unlock();
    }
  }

  private void goTo(CommitRecord record) {
    commit = record;
    index = indexOf(record);
  }

  /**
   * Goes on to the newest commit in the files, which another process may have made.
   *
   * @return true if there is a newer one than before
   */
  boolean refresh() throws IOException {
    lock.lock();
    try {
      FoundCommit found = storage.newestCommit();
      if (found.record().generation() <= commit.generation()) {
        return false;
      }
      goTo(found.record());
      return true;
    } catch (DamagedContainerException e) {
      return false; // then what was found damaged first is what there is to say
    } finally {
      lock.unlock();
    }
  }

  /** Reads a sealed record wherever it is: in the files, or with the writer on its way there. */
  void readSealed(long batch, int offset, ByteBuffer target)
      throws IOException, DamagedContainerException {
    if (writer != null && isPending(writer, batch, offset, target)) {
      return;
    }
    storage.file().read(batch + offset, target);
  }

  private boolean isPending(CommitWriter pending, long batch, int offset, ByteBuffer target) {
    lock.lock();
    try {
      return pending.readPending(batch, offset, target);
    } finally {
      lock.unlock();
    }
  }
}
