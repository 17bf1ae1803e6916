package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import uk.usbguard.e2e.ContainerLook.Damaged;
import uk.usbguard.e2e.ContainerLook.Seen;
import uk.usbguard.e2e.ContainerLook.Whole;
import uk.usbguard.e2e.StickLife.Found;

/**
 * A drive that {@code encrypt DRIVE} was at work on: each file is there in plain, or its copy in
 * the container verifies; and when the program has said that it is done, nothing is in plain.
 */
final class EncryptedDrive {

  private static final String CONTAINER = "Encrypted.ugc";

  private final Map<String, String> originals;
  private final ContainerLook look;
  private final long seed;

  /** Takes what was on it before. */
  EncryptedDrive(Map<String, byte[]> files, ContainerLook look, long seed) {
    this.originals = Trees.digests(files);
    this.look = look;
    this.seed = seed;
  }

  /** Looks at a stick that was pulled when so much was said to be done. */
  void holds(Found found, List<String> said) throws Exception {
    byte[] container = found.contents().get(CONTAINER);
    Seen seen = container == null ? null : look.at(container);
    assertThat(seen instanceof Damaged).as("-Dseed=%d after %s: %s", seed, said, seen).isFalse();
    Map<String, String> stored = seen instanceof Whole whole ? whole.files() : Map.of();
    originals.forEach(
        (name, original) -> {
          boolean there = original.equals(found.files().get(name));
          assertThat(there || original.equals(stored.get(name)))
              .as("-Dseed=%d %s after %s, container %s", seed, name, said, seen)
              .isTrue();
        });
    if (!said.isEmpty()) {
      assertThat(found.files().keySet()).as("-Dseed=%d", seed).containsExactly(CONTAINER);
    }
    stored.forEach((name, is) -> assertThat(is).as(name).isEqualTo(originals.get(name)));
  }
}
