package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.usbguard.core.container.MemorySegments.Event;
import uk.usbguard.core.container.MemorySegments.Kind;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.MediumFullException;

/** Half a change must never be committed. */
class FailedChangeTest {

  @Test
  @DisplayName("ENC-03: a read error while compacting costs nothing of a file")
  void compactingSurvivesAReadError() throws Exception {
    Rig rig = new Rig(64);
    rig.put("/junk", Rig.bytes(9, 12 << 20));
    byte[] content = Rig.bytes(1, 5 << 20);
    rig.put("/f", content);
    rig.container.commit();
    rig.container.remove(Rig.path("/junk"));
    rig.container.commit();
    rig.medium.failWhere(
        (kind, segment, offset, length) -> {
          if (kind == Kind.READ && length == 65_564 && offset > (15 << 20)) {
            throw new IOException("Input/output error");
          }
        });
    assertThatThrownBy(() -> rig.container.compact(ProgressListener.none()))
        .isInstanceOf(IOException.class);
    rig.medium.mend();
    rig.reopen();
    assertThat(rig.get("/f")).isEqualTo(content);
    rig.container.close();
  }

  @Test
  @DisplayName("ENC-03: the books of space are entered once, also if the first attempt fails")
  void entersTheBooksOnce() throws Exception {
    Rig rig = new Rig(64);
    for (int i = 0; i < 500; i++) {
      rig.put("/a" + i, Rig.bytes(i, 300));
      rig.put("/b" + i, Rig.bytes(i, 300));
      rig.container.commit();
    }
    rig.container.close();
    for (int n = 0; n < 12; n++) {
      MemorySegments medium = rig.medium.copy();
      int failing = n;
      try (Container container = rig.open(medium, OpenMode.READ_WRITE)) {
        for (int i = 0; i < 500; i += 7) {
          container.remove(Rig.path("/a" + i));
        }
        container.commit();
        container.session().index().trim(0);
        int[] left = {failing};
        medium.failWhere(
            (kind, segment, offset, length) -> {
              if (kind == Kind.READ && left[0]-- == 0) {
                throw new IOException("Input/output error");
              }
            });
        tryTo(container);
        medium.mend();
        tryTo(container);
      }
      try (Container reader = rig.open(medium, OpenMode.READ_ONLY)) {
        assertThat(BookAudit.of(reader).faults()).as("read %d fails", n).isEmpty();
      }
    }
  }

  private static void tryTo(Container container) throws ContainerException {
    try {
      container.makeFolders(Rig.path("/x"));
      container.commit();
    } catch (IOException e) {
      assertThat(e).hasMessage("Input/output error");
    }
  }

  @Test
  @Timeout(30)
  @DisplayName("ENC-03: a stream that fails in its own way leaves nothing behind, however often")
  void survivesStreamsThatThrow() throws Exception {
    Rig rig = new Rig(64);
    for (int i = 0; i < 40; i++) {
      int good = i % 2 == 0 ? 3_000 : 300_000;
      assertThatThrownBy(
              () ->
                  rig.container.put(
                      Rig.path("/bad"),
                      FileMeta.at(rig.clock.instant()),
                      failingAfter(good),
                      PutMode.CREATE))
          .isInstanceOf(UncheckedIOException.class);
    }
    rig.put("/good", Rig.bytes(1, 3_000_000));
    rig.container.close();
    try (Container reader = rig.open(rig.medium, OpenMode.READ_ONLY)) {
      assertThat(StoredTree.of(reader)).containsOnlyKeys("/good");
      assertThat(BookAudit.of(reader).faults()).isEmpty();
    }
  }

  private static InputStream failingAfter(int bytes) {
    return new InputStream() {
      private int given;

      @Override
      public int read() {
        if (given++ >= bytes) {
          throw new UncheckedIOException(new IOException("torn"));
        }
        return 7;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        if (given >= bytes) {
          return read();
        }
        int n = Math.min(length, bytes - given);
        given += n;
        return n;
      }
    };
  }

  @Test
  @DisplayName("ENC-03: of two commits on their way the first counts though the second fails")
  void keepsTheCommitThatArrived() throws Exception {
    Rig rig = new Rig(64);
    rig.put("/a", Rig.bytes(1, 60_000));
    rig.container.session().edits().commitPart();
    rig.put("/b", Rig.bytes(2, 6_000_000));
    rig.medium.failWhere(
        (kind, segment, offset, length) -> {
          if (kind == Kind.WRITE && length > 500_000) {
            throw new IOException("No space left on device");
          }
        });
    assertThatThrownBy(() -> rig.container.commit()).isInstanceOf(MediumFullException.class);
    rig.medium.mend();
    assertThat(rig.container.find(Rig.path("/a"))).isPresent();
    assertThat(rig.container.find(Rig.path("/b"))).isEmpty();
    rig.container.close();
  }

  @Test
  @DisplayName("ENC-03: a clean commit of which a piece did not arrive is not believed")
  void verifiesACleanCommitThatNobodyWasToldOf() throws Exception {
    Rig rig = new Rig(64);
    byte[] old = Rig.bytes(1, 3 << 20);
    rig.put("/f", old);
    long promised = rig.container.commit();
    MemorySegments before = rig.medium.copy();
    rig.medium.record();
    rig.put("/f", Rig.bytes(2, 3 << 20));
    rig.container.commit();
    List<Event> events = rig.medium.events();
    int end = lastForce(events);
    int tried = 0;
    for (int lost = 0; lost < end; lost++) {
      boolean content = events.get(lost).bytes().length >= 512 * 1024;
      if (events.get(lost).kind() == Kind.WRITE && content) {
        MemorySegments medium = before.copy();
        for (int i = 0; i < end; i++) {
          medium.replay(events.get(i), 0, i == lost ? 0 : events.get(i).bytes().length);
        }
        try (Container reader = rig.open(medium, OpenMode.READ_ONLY)) {
          assertThat(reader.openReport().generation()).isEqualTo(promised);
          assertThat(Rig.get(reader, "/f")).isEqualTo(old);
        }
        tried++;
      }
    }
    assertThat(tried).isPositive();
    rig.container.close();
  }

  /** The force that ends the commit: what was written before it may be lost. */
  private static int lastForce(List<Event> events) {
    int last = 0;
    for (int i = 0; i < events.size(); i++) {
      last = events.get(i).kind() == Kind.FORCE ? i : last;
    }
    return last;
  }

  @Test
  @DisplayName("ENC-03: a failed opening leaves no file open")
  void closesWhatItOpened() throws Exception {
    Rig rig = new Rig(4);
    Random random = new Random(1);
    for (int i = 0; i < 8; i++) {
      rig.put("/f" + i, Rig.bytes(random.nextLong(), 1_000_000));
    }
    rig.container.close();
    assertThat(rig.medium.openFiles()).isZero();
    for (int n = 0; n < 60; n += 3) {
      MemorySegments medium = rig.medium.copy();
      int[] left = {n};
      medium.failWhere(
          (kind, segment, offset, length) -> {
            if (kind == Kind.READ && left[0]-- == 0) {
              throw new IOException("Input/output error");
            }
          });
      try (Container container = rig.open(medium, OpenMode.READ_WRITE)) {
        assertThat(container.isWritable()).isTrue();
      } catch (IOException e) {
        assertThat(e).hasMessage("Input/output error");
      }
      assertThat(medium.openFiles()).as("read %d fails", n).isZero();
    }
  }
}
