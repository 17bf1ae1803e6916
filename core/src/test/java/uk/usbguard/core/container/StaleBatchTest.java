package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.MemorySegments.Event;
import uk.usbguard.core.container.MemorySegments.Kind;

/** A batch that never arrived, in a place where an older one of the same length still stands. */
class StaleBatchTest {

  private static final int LENGTH = 500_000;

  @Test
  @DisplayName("ENC-03: an older batch in the place of one that was lost is not taken for it")
  void anOlderBatchInThePlaceOfALostOne() throws Exception {
    Rig rig = new Rig(4);
    for (int i = 0; i < 10; i++) {
      rig.put("/j" + i, Rig.bytes(i, LENGTH));
      rig.container.commit();
    }
    for (int i = 0; i < 10; i += 2) {
      rig.container.remove(Rig.path("/j" + i));
    }
    rig.container.commit();
    MemorySegments medium = rig.medium.copy();
    rig.medium.record();
    rig.container.compact(ProgressListener.none()); // moves what was stored into the gaps

    List<Event> events = rig.medium.events();
    int lost = secondOfTwoBatches(events);
    for (int i = 0; events.get(i).kind() != Kind.FORCE || i < lost; i++) {
      if (i != lost) {
        medium.replay(events.get(i));
      }
    }

    try (Container reader = rig.open(medium, OpenMode.READ_ONLY)) {
      for (int i = 1; i < 10; i += 2) {
        assertThat(Rig.get(reader, "/j" + i)).isEqualTo(Rig.bytes(i, LENGTH));
      }
      assertThat(reader.openReport().lost()).isEmpty();
    }
  }

  /** The place in the row of the second one of two long batches that one commit holds. */
  private static int secondOfTwoBatches(List<Event> events) {
    for (int i = 1; i < events.size(); i++) {
      if (isLongWrite(events.get(i - 1)) && isLongWrite(events.get(i))) {
        return i;
      }
    }
    throw new AssertionError("no commit of two batches");
  }

  private static boolean isLongWrite(Event event) {
    return event.kind() == Kind.WRITE && event.bytes().length > LENGTH;
  }
}
