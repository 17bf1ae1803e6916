package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.secret.RecoveryKey;

@DisplayName("ENC-14: a stick that is pulled while its container is repaired")
class RepairCrashTest {

  @Test
  @DisplayName("at any write leaves it no worse, and a second repair ends what the first began")
  void everyPrefixIsNoWorse() throws Exception {
    Rig rig = new Rig(64);
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 150; i++) {
      String name = "letter-of-some-length-to-fill-leaves-" + i;
      files.put(name, Rig.bytes(i, 100 + i * 7));
      rig.put(name, files.get(name));
    }
    rig.container.commit();
    rig.put("last", Rig.bytes(7, 70_000));
    files.put("last", Rig.bytes(7, 70_000));
    rig.container.commit();
    Anatomy anatomy = Anatomy.of(rig.container);
    rig.container.close();
    MemorySegments damaged = rig.medium.copy();
    Anatomy.Part leaf = anatomy.nodes(0).get(1);
    damaged.damage(0, leaf.position() + 50, 1);
    damaged.damage(0, 4096 + 20, 1);
    MemorySegments work = damaged.copy();
    work.record();
    mend(rig, work);
    int crashes = 0;
    for (int prefix = 0; prefix < work.eventCount(); prefix++) {
      MemorySegments.Event torn = work.events().get(prefix);
      int[] lengths = {0, torn.bytes().length / 2, Math.min(512, torn.bytes().length)};
      for (int length : lengths) {
        MemorySegments crashed = damaged.copy();
        work.events().subList(0, prefix).forEach(crashed::replay);
        if (torn.kind() == MemorySegments.Kind.WRITE) {
          crashed.replay(torn, 0, length);
        }
        assertHolds(rig, crashed, files);
        crashes++;
      }
    }
    assertThat(crashes).isGreaterThan(15);
  }

  private static void assertHolds(Rig rig, MemorySegments medium, Map<String, byte[]> files)
      throws Exception {
    mend(rig, medium);
    try (Container container = rig.open(medium, OpenMode.READ_ONLY)) {
      assertThat(BookAudit.of(container).faults()).isEmpty();
      assertThat(container.info().files()).isEqualTo(files.size());
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        assertThat(Rig.get(container, file.getKey())).isEqualTo(file.getValue());
      }
    }
  }

  private static void mend(Rig rig, MemorySegments medium) throws Exception {
    try (RecoveryKey key = RecoveryKey.parse(rig.recoveryText())) {
      Mender.mend(
          medium, "memory", Credential.of(key), false, rig.environment, ProgressListener.none());
    }
  }
}
