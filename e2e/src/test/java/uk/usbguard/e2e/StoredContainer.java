package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import uk.usbguard.e2e.ContainerLook.Refused;
import uk.usbguard.e2e.ContainerLook.Seen;
import uk.usbguard.e2e.ContainerLook.Whole;
import uk.usbguard.e2e.StickLife.Found;

/**
 * The container {@code c.ugc} that five commands were at work on: "encrypt" stores the folder src,
 * "put" the folder more, "rm" takes src/ward out, "compact" moves, "passphrase" changes the key.
 * What was acknowledged is in it, of what was under way all or nothing; the plain files stay.
 */
final class StoredContainer {

  /** So many commands there are. */
  static final int STEPS = 5;

  /** So many are done when the passphrase begins to change. */
  private static final int COMPACTED = 4;

  /** What is in the container after each. */
  private static final String[][] PREFIXES = {
    {},
    {"src/"},
    {"src/", "more/"},
    {"src/letter", "more/"},
    {"src/letter", "more/"},
    {"src/letter", "more/"}
  };

  private final Map<String, String> originals;
  private final List<Map<String, String>> states = new ArrayList<>();
  private final ContainerLook look;
  private final long seed;

  /** Takes the plain files. */
  StoredContainer(Map<String, byte[]> files, ContainerLook look, long seed) {
    this.originals = Trees.digests(files);
    this.look = look;
    this.seed = seed;
    for (String[] prefixes : PREFIXES) {
      Map<String, String> state = new TreeMap<>(originals);
      state.keySet().removeIf(name -> Arrays.stream(prefixes).noneMatch(name::startsWith));
      states.add(state);
    }
  }

  /** Looks at a stick that was pulled when so much was said to be done. */
  void holds(Found found, List<String> said) throws Exception {
    assertThat(found.files()).as("-Dseed=%d after %s", seed, said).containsAllEntriesOf(originals);
    int done = said.size();
    byte[] container = found.contents().get("c.ugc");
    Seen seen = container == null ? null : look.at(container);
    String what = String.format(Locale.ROOT, "-Dseed=%d after %s: %s", seed, said, seen);
    if (done == 0 && (seen == null || seen instanceof Refused)) {
      return; // it was not finished, and nobody was told that it was
    }
    assertThat(seen).as(what).isInstanceOf(Whole.class);
    isOneOf(((Whole) seen).files(), states.get(done), states.get(done + 1), what);
    if (done == COMPACTED) {
      boolean opens = look.opens(container, Guard.OTHER) || look.opens(container, Guard.PHRASE);
      assertThat(opens).as(what).isTrue();
    }
  }

  /** Storing saves a file at a time, removing all at once. */
  private static void isOneOf(
      Map<String, String> stored, Map<String, String> sure, Map<String, String> next, String what) {
    if (next.size() >= sure.size()) {
      assertThat(stored).as(what).containsAllEntriesOf(sure);
      assertThat(next).as(what).containsAllEntriesOf(stored);
    } else {
      assertThat(stored).as(what).isIn(sure, next);
    }
  }
}
