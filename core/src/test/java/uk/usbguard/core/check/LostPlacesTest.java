package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.Anatomy;
import uk.usbguard.core.container.Anatomy.Part;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.FileMeta;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.Key;

@DisplayName("ENC-02: where the places of a file's content are lost with all that told of them")
class LostPlacesTest extends DamageCase {

  private Part leaf = new Part(0, 0);

  /** The scan's places stand in a leaf and a trailer of one commit; its entry in other leaves. */
  @Override
  void fill() throws Exception {
    super.fill();
    session(
        container -> {
          container.makeFolder(
              ContainerPath.parse("zone"), FileMeta.at(Instant.parse("2026-11-24T08:00:00Z")));
          for (int i = 10; i < 40; i++) {
            put(container, "zone/" + "long-name-".repeat(80) + i, bytes(i, 9));
          }
        });
    Anatomy anatomy = anatomy();
    leaf = anatomy.leavesOf(Key.Kind.EXTENT).get(0);
    assertThat(anatomy.leavesOf(Key.Kind.EXTENT)).hasSize(1);
  }

  /** Damages the leaf and every trailer in the container. */
  private void loseAll() throws Exception {
    flip(leaf);
    byte[] all = Files.readAllBytes(path);
    for (int at = (int) FIRST_BATCH; at + 128 < all.length; at += 4096) {
      if (new String(all, at, 8, StandardCharsets.US_ASCII).equals("UGCBATCH")) {
        int trailerAt = ByteBuffer.wrap(all, at + 80, 4).getInt();
        flip(new Part(at + trailerAt, 40));
      }
    }
  }

  @Test
  @DisplayName("reading it goes on failing, never gives zeros; the file can be removed")
  void neverZeros() throws Exception {
    loseAll();

    RepairReport report = repair();

    assertThat(report.isWhole()).isFalse();
    assertThat(report.mending().lostExtents()).isEqualTo(5);
    assertThat(report.after().orElseThrow().findings())
        .singleElement()
        .isInstanceOfSatisfying(
            Finding.DamagedFile.class,
            file -> {
              assertThat(file.path().toString()).isEqualTo("/ward/scan");
              assertThat(file.damagedBytes()).isEqualTo(300_000);
            });
    try (Container container = open(OpenMode.READ_ONLY)) {
      Assertions.assertThatThrownBy(() -> content(container, "ward/scan"))
          .isInstanceOf(DamagedContainerException.class);
    }
    session(container -> container.remove(ContainerPath.parse("ward/scan")));
    session(container -> put(container, "later", bytes(1, 100_000)));
    try (Container container = open(OpenMode.READ_WRITE)) {
      assertThat(Anatomy.auditOf(container)).isEmpty();
      assertThat(container.info().files()).isEqualTo(names(container).size());
    }
  }

  @Test
  @DisplayName("with the older nodes alone it is recovered, at its right length and content")
  void everythingElseIsWhole() throws Exception {
    flip(leaf);

    RepairReport report = repair();

    assertThat(report.isWhole()).isTrue();
    try (Container container = open(OpenMode.READ_ONLY)) {
      assertThat(Arrays.equals(content(container, "ward/scan"), files.get("ward/scan"))).isTrue();
    }
    assertAllIsThere();
  }

  private static List<String> names(Container container) throws Exception {
    List<String> names = new ArrayList<>();
    list(container, ContainerPath.ROOT, "", names);
    return names;
  }
}
