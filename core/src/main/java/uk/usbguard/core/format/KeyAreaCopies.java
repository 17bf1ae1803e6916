package uk.usbguard.core.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.NotAContainerException;

/** All copies of the key area that a container has, the good ones and what is wrong with others. */
public final class KeyAreaCopies {

  private final List<UnverifiedKeyArea> readable;
  private final SortedMap<Integer, ContainerException> refused;

  private KeyAreaCopies(
      List<UnverifiedKeyArea> readable, SortedMap<Integer, ContainerException> refused) {
    this.readable = readable;
    this.refused = refused;
  }

  /**
   * Reads the copies, the one of area 0 first.
   *
   * @throws ContainerException if not one can be read; the most telling of the reasons
   */
  public static KeyAreaCopies decode(List<byte[]> copies) throws ContainerException {
    Required.that(!copies.isEmpty(), "no copy of the key area");
    var readable = new ArrayList<UnverifiedKeyArea>();
    var refused = new TreeMap<Integer, ContainerException>();
    for (int copy = 0; copy < copies.size(); copy++) {
      try {
        readable.add(KeyAreaCodec.decode(copies.get(copy), copy));
      } catch (ContainerException e) {
        refused.put(copy, e);
      }
    }
    if (readable.isEmpty()) {
      throw Collections.min(refused.values(), Comparator.comparingInt(KeyAreaCopies::vagueness));
    }
    readable.sort(Comparator.comparingLong(UnverifiedKeyArea::claimedKeyGeneration).reversed());
    return new KeyAreaCopies(
        Collections.unmodifiableList(readable), Collections.unmodifiableSortedMap(refused));
  }

  /** Those that are well-formed, the one with the highest claimed key generation first. */
  public List<UnverifiedKeyArea> readable() {
    return readable;
  }

  /** The others by the number of their area, with what is wrong. */
  public SortedMap<Integer, ContainerException> refused() {
    return refused;
  }

  // One copy may be overwritten and the other from a newer release: then the user needs the
  // release.
  private static int vagueness(ContainerException e) {
    if (e instanceof NotAContainerException) {
      return 2;
    }
    return e instanceof DamagedContainerException ? 1 : 0;
  }
}
