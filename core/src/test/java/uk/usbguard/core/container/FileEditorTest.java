package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.MemorySegments.Kind;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.error.MediumFullException;
import uk.usbguard.core.error.ReadOnlyContainerException;

/** What a review of the editor found. */
class FileEditorTest {

  private static final int EXTENT = 65_536;

  @Test
  @DisplayName("ENC-02: what was cut off does not come back when the file is lengthened again")
  void cutOffStaysCutOff() throws Exception {
    Rig rig = new Rig(64);
    for (int length : new int[] {200, 2_000, 10 * EXTENT}) {
      for (int cut : new int[] {0, 100, EXTENT}) {
        byte[] old = Rig.bytes(1, length);
        rig.put("/f", old);
        try (FileEditor editor = rig.container.edit(Rig.path("/f"))) {
          editor.truncate(cut);
          editor.truncate(length);
        }
        int kept = Math.min(cut, length);
        byte[] expected = Arrays.copyOf(Arrays.copyOf(old, kept), length);
        assertThat(rig.get("/f")).as("%d cut to %d", length, cut).isEqualTo(expected);
      }
    }
    rig.container.close();
  }

  @Test
  @DisplayName("ENC-02: a hole in front of content reads as zeros, read in pieces or as a whole")
  void readsHoles() throws Exception {
    Rig rig = new Rig(64);
    byte[] piece = Rig.bytes(2, 100);
    try (FileEditor editor = rig.container.edit(Rig.path("/f"))) {
      editor.write(5L * EXTENT, piece, 0, piece.length);
      editor.flush();
      byte[] start = new byte[50];
      assertThat(editor.read(EXTENT, start, 0, 50)).isEqualTo(50);
      assertThat(start).containsOnly(0);
    }
    byte[] expected = new byte[5 * EXTENT + 100];
    System.arraycopy(piece, 0, expected, 5 * EXTENT, 100);
    assertThat(rig.get("/f")).isEqualTo(expected);
    rig.container.close();
  }

  @Test
  @DisplayName("ENC-14: an editor whose changes a full medium took back says so and spoils nothing")
  void endsWithARollback() throws Exception {
    Rig rig = new Rig(64);
    byte[] old = Rig.bytes(1, 30_000);
    rig.put("/f", old);
    rig.container.commit();
    try (FileEditor editor = rig.container.edit(Rig.path("/f"))) {
      editor.write(40_000, old, 0, 100);
      rig.medium.failWhere(
          (kind, segment, offset, length) -> {
            if (kind == Kind.WRITE) {
              throw new IOException("No space left on device");
            }
          });
      assertThatThrownBy(() -> rig.container.commit()).isInstanceOf(MediumFullException.class);
      rig.medium.mend();
      assertThatThrownBy(() -> editor.write(70_000, old, 0, 100))
          .isInstanceOf(ReadOnlyContainerException.class);
    } catch (ReadOnlyContainerException e) {
      assertThat(e).hasNoCause(); // close says it as well
    }
    rig.container.commit();
    assertThat(rig.get("/f")).isEqualTo(old);
    rig.container.close();
  }

  @Test
  @DisplayName("ENC-03: removing a file that is edited costs the edit and no other change")
  void doesNotHoldOthersUp() throws Exception {
    Rig rig = new Rig(64);
    rig.put("/f", Rig.bytes(1, 30_000));
    FileEditor editor = rig.container.edit(Rig.path("/f"));
    editor.write(0, new byte[10], 0, 10);
    rig.container.remove(Rig.path("/f"));
    byte[] other = Rig.bytes(2, 30_000);
    rig.put("/g", other);
    rig.container.close();
    try (Container reader = rig.open(rig.medium, OpenMode.READ_ONLY)) {
      assertThat(Rig.get(reader, "/g")).isEqualTo(other);
      assertThat(reader.find(Rig.path("/f"))).isEmpty();
    }
  }

  @Test
  @DisplayName("ENC-03: a file that is renamed while it is edited keeps the changes")
  void followsARename() throws Exception {
    Rig rig = new Rig(64);
    rig.put("/f", Rig.bytes(1, 30_000));
    byte[] all = Rig.bytes(3, 30_000);
    try (FileEditor editor = rig.container.edit(Rig.path("/f"))) {
      editor.write(0, all, 0, all.length);
      rig.container.rename(Rig.path("/f"), Rig.path("/g"));
    }
    assertThat(rig.get("/g")).isEqualTo(all);
    rig.container.close();
  }

  @Test
  @DisplayName("ENC-03: two who edit one file see what the other wrote, and nothing is lost")
  void isSharedByAllWhoEditAFile() throws Exception {
    Rig rig = new Rig(64);
    rig.put("/f", Rig.bytes(1, 3 * EXTENT));
    byte[] start = Rig.bytes(2, 100);
    byte[] end = Rig.bytes(3, 100);
    byte[] seen = new byte[100];
    try (FileEditor one = rig.container.editExisting(Rig.path("/F"))) {
      try (FileEditor other = rig.container.edit(Rig.path("/f"))) {
        one.write(0, start, 0, 100);
        assertThat(other.read(0, seen, 0, 100)).isEqualTo(100);
        assertThat(seen).isEqualTo(start);
        assertThat(other.append(end, 0, 100)).isEqualTo(3 * EXTENT + 100);
      }
      one.truncate(2 * EXTENT + 50);
    }
    byte[] expected = Rig.bytes(1, 3 * EXTENT);
    System.arraycopy(start, 0, expected, 0, 100);
    assertThat(rig.get("/f")).isEqualTo(Arrays.copyOf(expected, 2 * EXTENT + 50));
    rig.container.close();
  }

  @Test
  @DisplayName("ENC-03: a file that is not there is not made by asking for an existing one")
  void doesNotMakeWhatHasToBeThere() throws Exception {
    Rig rig = new Rig(64);
    assertThatThrownBy(() -> rig.container.editExisting(Rig.path("/f")))
        .isInstanceOf(EntryException.class);
    assertThat(rig.container.find(Rig.path("/f"))).isEmpty();
    rig.container.close();
  }
}
