package uk.usbguard.core.keyslot;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import uk.usbguard.core.format.KeyArea;
import uk.usbguard.core.secret.SecretBytes;

/** A key area whose MAC is right, and the master key that came out of it. Closing wipes the key. */
public final class UnlockedKeyArea implements AutoCloseable {

  private final KeyArea area;
  private final int slot;
  private final SecretBytes master;
  private final SortedSet<Integer> copiesToRewrite;

  /** Takes the master key over. */
  UnlockedKeyArea(KeyArea area, int slot, SecretBytes master, SortedSet<Integer> copiesToRewrite) {
    this.area = area;
    this.slot = slot;
    this.master = master;
    this.copiesToRewrite = Collections.unmodifiableSortedSet(new TreeSet<>(copiesToRewrite));
  }

  public KeyArea area() {
    return area;
  }

  /** The number of the slot that opened. */
  public int slot() {
    return slot;
  }

  /** Lent: it is wiped when this is closed. */
  public SecretBytes master() {
    return master;
  }

  /**
   * Copies, by the number of their area, that are not the same bytes as the one that was taken:
   * older, as after a pull-out while a slot was changed, or forged. Copies that could not even be
   * read are not among them.
   */
  public SortedSet<Integer> copiesToRewrite() {
    return copiesToRewrite;
  }

  @Override
  public void close() {
    master.close();
  }
}
