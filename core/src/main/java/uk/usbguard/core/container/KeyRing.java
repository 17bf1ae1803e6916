package uk.usbguard.core.container;

import uk.usbguard.core.format.KeyArea;
import uk.usbguard.core.keyslot.SealedKeyArea;
import uk.usbguard.core.keyslot.UnlockedKeyArea;
import uk.usbguard.core.secret.SecretBytes;

/** The key area as it stands, its bytes, and the master key while the container is open. */
final class KeyRing implements AutoCloseable {

  private final SecretBytes master;
  private KeyArea area;
  private byte[] bytes;
  private final int slot;

  /** Takes the master key over. */
  KeyRing(KeyArea area, byte[] bytes, int slot, SecretBytes master) {
    this.area = area;
    this.bytes = bytes.clone();
    this.slot = slot;
    this.master = master;
  }

  static KeyRing of(UnlockedKeyArea unlocked, byte[] bytes) {
    return new KeyRing(unlocked.area(), bytes, unlocked.slot(), unlocked.master().copy());
  }

  /** For a second look at the same container. */
  KeyRing copy() {
    return new KeyRing(area, bytes, slot, master.copy());
  }

  KeyArea area() {
    return area;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** The slot that the container was opened with. */
  int slot() {
    return slot;
  }

  SecretBytes master() {
    return master;
  }

  void replace(SealedKeyArea changed) {
    area = changed.area();
    bytes = changed.bytes().toBytes();
  }

  @Override
  public void close() {
    master.close();
  }
}
