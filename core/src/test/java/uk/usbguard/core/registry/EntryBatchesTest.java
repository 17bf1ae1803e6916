package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.registry.EntrySource.Entry;
import uk.usbguard.core.registry.ReadEntry.Refused;

/** Reading ahead of the database. */
class EntryBatchesTest {

  private static final EntryRules RULES = new EntryRules(Samples.NOW, "desk", Samples.SETTINGS);

  /** Empty entries without end, or until something happens. */
  private static EntrySource endless(AtomicLong given, long until, Exception then) {
    return () -> {
      if (given.get() == until) {
        if (then instanceof IOException io) {
          throw io;
        }
        throw (RuntimeException) then;
      }
      return Optional.of(new Entry(given.incrementAndGet(), Map.of(Field.TAG, "T")));
    };
  }

  @Test
  @DisplayName("Entries come in the order of the file, and after the end nothing comes")
  void inOrder() throws Exception {
    AtomicLong line = new AtomicLong();
    EntrySource source =
        () -> {
          long next = line.incrementAndGet();
          assertThat(next).as("nobody asks again after the end").isLessThanOrEqualTo(1_204);
          return next == 1_204
              ? Optional.empty()
              : Optional.of(new Entry(next, Map.of(Field.TAG, "T")));
        };
    List<Long> lines = new ArrayList<>();
    try (EntryBatches batches = EntryBatches.of(source, RULES)) {
      for (List<ReadEntry> batch = batches.next(); !batch.isEmpty(); batch = batches.next()) {
        batch.forEach(entry -> lines.add(((Refused) entry).line()));
      }
      assertThat(batches.next()).isEmpty();
    }
    assertThat(lines).hasSize(1_203).isSorted().startsWith(1L);
  }

  @Test
  @DisplayName("A fault of the file, and one of ours, come after what stood before it")
  void faults() throws Exception {
    for (Exception fault : List.of(new IOException("gone"), new IllegalStateException("ours"))) {
      try (EntryBatches batches =
          EntryBatches.of(endless(new AtomicLong(), EntryBatches.BATCH, fault), RULES)) {
        assertThat(batches.next()).hasSize(EntryBatches.BATCH);
        for (int i = 0; i < 2; i++) {
          assertThatThrownBy(batches::next)
              .isInstanceOf(fault instanceof IOException ? IOException.class : BugException.class);
        }
      }
    }
  }

  @Test
  @DisplayName("Closed in the middle of a file, it reads no more")
  void closes() throws Exception {
    AtomicLong given = new AtomicLong();
    try (EntryBatches batches =
        EntryBatches.of(endless(given, Long.MAX_VALUE, new IOException()), RULES)) {
      batches.next();
    }
    long then = given.get();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("usbguard-import"));
    assertThat(given.get()).isEqualTo(then);
  }
}
