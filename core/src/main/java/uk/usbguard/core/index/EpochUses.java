package uk.usbguard.core.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.format.EpochSalt;

/** How often each epoch is used in one node: what the node's table of salts will hold. */
final class EpochUses {

  // A list, for a node hardly ever has more than three.
  private final List<EpochSalt> epochs = new ArrayList<>(2);
  private int[] uses = new int[2];

  void add(EpochSalt epoch) {
    int i = indexOf(epoch);
    if (i < 0) {
      i = epochs.size();
      epochs.add(epoch);
      if (i == uses.length) {
        uses = Arrays.copyOf(uses, 2 * i);
      }
      uses[i] = 0;
    }
    uses[i]++;
  }

  void add(Optional<EpochSalt> epoch) {
    if (epoch.isPresent()) {
      add(epoch.get());
    }
  }

  void remove(EpochSalt epoch) {
    int i = indexOf(epoch);
    if (i < 0) {
      throw new IllegalStateException("epoch is not used");
    }
    uses[i]--;
    if (uses[i] == 0) {
      int last = epochs.size() - 1;
      epochs.set(i, epochs.get(last));
      uses[i] = uses[last];
      epochs.remove(last);
    }
  }

  void remove(Optional<EpochSalt> epoch) {
    if (epoch.isPresent()) {
      remove(epoch.get());
    }
  }

  /** Bytes that the salts take. */
  int encodedLength() {
    return epochs.size() * EpochSalt.LENGTH;
  }

  private int indexOf(EpochSalt epoch) {
    for (int i = 0; i < epochs.size(); i++) {
      if (epochs.get(i).equals(epoch)) {
        return i;
      }
    }
    return -1;
  }
}
