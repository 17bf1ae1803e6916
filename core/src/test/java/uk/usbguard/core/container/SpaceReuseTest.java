package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.error.MediumFullException;

/** Space that was freed is used again; a full medium can always be made less full. */
class SpaceReuseTest {

  private static final long MIB = 1 << 20;

  @Test
  @DisplayName("ENC-03: thousands of small commits do not let a container grow without end")
  void smallCommitsReuseSpace() throws Exception {
    Rig rig = new Rig(64);
    for (int i = 0; i < 800; i++) {
      rig.put("/f" + i % 100, Rig.bytes(i, 200));
      rig.container.commit();
    }
    assertThat(rig.medium.totalBytes()).isLessThan(6 * MIB);
    audit(rig);
  }

  @Test
  @DisplayName(
      "ENC-14: stretches of zeros take no space and come back, at the front, inside, at the end")
  void zerosTakeNoSpace() throws Exception {
    Rig rig = new Rig(64);
    byte[] sparse = new byte[(40 << 20) + 777];
    System.arraycopy(Rig.bytes(1, 70_000), 0, sparse, 3 << 20, 70_000);
    sparse[(30 << 20) + 5] = 7;
    rig.put("/sparse", sparse);
    rig.container.commit();
    assertThat(rig.medium.totalBytes()).isLessThan(3 * MIB);
    rig.reopen();
    assertThat(rig.get("/sparse")).isEqualTo(sparse);
    rig.put("/zeros", new byte[70_000]);
    rig.reopen();
    assertThat(rig.get("/zeros")).isEqualTo(new byte[70_000]);
    audit(rig);
  }

  @Test
  @DisplayName("ENC-03: replacing a large file again and again takes a bounded multiple of it")
  void replacingReusesSpace() throws Exception {
    Rig rig = new Rig(64);
    byte[] content = Rig.bytes(1, 12 << 20);
    for (int i = 0; i < 30; i++) {
      rig.put("/big", content);
      rig.container.commit();
    }
    assertThat(rig.medium.totalBytes()).isLessThan(220 * MIB);
    audit(rig);
  }

  @Test
  @DisplayName("ENC-03: segments of 4 MiB take as many small files as others")
  void smallSegmentsTakeManyFiles() throws Exception {
    Rig rig = new Rig(4);
    for (int i = 0; i < 6_000; i++) {
      rig.put("/the name of a file " + i * 7_919L % 1_000_003, Rig.bytes(i, 20));
    }
    audit(rig);
  }

  @Test
  @DisplayName("ENC-14: on a full medium everything can be deleted, file by file")
  void deletesOnAFullMedium() throws Exception {
    Rig rig = full();
    for (int i = 0; i < 40; i++) {
      rig.container.remove(Rig.path("/f" + i));
      rig.container.commit();
    }
    rig.put("/new", Rig.bytes(1, 60_000));
    rig.container.commit();
    audit(rig);
  }

  @Test
  @DisplayName("ENC-14: small changes on a full medium leave room for a deletion")
  void smallChangesDoNotUseUpTheReserve() throws Exception {
    Rig rig = full();
    int changes = 0;
    try {
      for (; changes < 200; changes++) {
        rig.put("/small" + changes, Rig.bytes(changes, 100));
        rig.container.commit();
      }
    } catch (MediumFullException e) {
      assertThat(changes).isLessThan(200);
    }
    rig.container.remove(Rig.path("/f1"));
    rig.container.commit();
    audit(rig);
  }

  @Test
  @DisplayName("ENC-03: a pull while things are deleted on a full medium costs no promise")
  void survivesAPullInTheReserve() throws Exception {
    Rig rig = full();
    rig.container.remove(Rig.path("/f199"));
    long promised = rig.container.commit();
    for (int i = 0; i < 45; i++) {
      rig.container.remove(Rig.path("/f" + i));
      rig.clock.pass(3_000);
      rig.container.remove(Rig.path("/f" + (100 + i)));
      if (i % 4 == 0) {
        try (Container reader = rig.open(rig.medium.copy(), OpenMode.READ_ONLY)) {
          assertThat(reader.openReport().generation())
              .as("after %d", i)
              .isGreaterThanOrEqualTo(promised);
          assertThat(BookAudit.of(reader).faults()).isEmpty();
          assertThat(StoredTree.of(reader)).isNotEmpty();
        }
      }
    }
    audit(rig);
  }

  /** A container on a medium that takes nothing more. */
  private static Rig full() throws Exception {
    Rig rig = new Rig(64);
    for (int i = 0; i < 200; i++) {
      rig.put("/f" + i, Rig.bytes(i, 60_000));
      rig.container.commit(); // each in a batch of its own
    }
    rig.medium.setCapacity(rig.medium.totalBytes());
    try {
      for (int i = 0; i < 100; i++) {
        rig.put("/more" + i, Rig.bytes(i, 60_000));
        rig.container.commit();
      }
    } catch (MediumFullException e) {
      assertThat(rig.medium.usableBytes()).isLessThan(60_000);
    }
    return rig;
  }

  private static void audit(Rig rig) throws Exception {
    rig.container.close();
    try (Container reader = rig.open(rig.medium, OpenMode.READ_ONLY)) {
      BookAudit audit = BookAudit.of(reader);
      assertThat(audit.faults()).isEmpty();
      assertThat(audit.leaked()).isZero();
    }
  }
}
