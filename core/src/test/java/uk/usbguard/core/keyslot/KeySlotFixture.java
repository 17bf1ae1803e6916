package uk.usbguard.core.keyslot;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.KdfCost;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.format.ContainerFacts;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.format.KeyArea;
import uk.usbguard.core.format.KeyAreaCodec;
import uk.usbguard.core.format.ProfileId;
import uk.usbguard.core.format.UnverifiedKeyArea;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.core.secret.SecretBytes;
import uk.usbguard.core.secret.UnusablePassphraseException;

/** A container's key area with one passphrase in slot 0 and one recovery key in slot 1. */
final class KeySlotFixture implements AutoCloseable {

  static final Instant MADE = Instant.ofEpochSecond(1_790_000_000);
  static final KdfCost CHEAPEST = new KdfCost(19_456, 2, 1);

  final CryptoProfile profile;
  final KeySlots keySlots;
  final SecretBytes master;
  final Passphrase passphrase = passphrase("Zw\u00f6lf Boxk\u00e4mpfer jagen Eva");
  final RecoveryKey recoveryKey;
  final SealedKeyArea first;

  KeySlotFixture(SecureRandom random, SecureRandom recoveryRandom) throws ContainerException {
    profile = new StandardProfile(random);
    keySlots = new KeySlots(profile, Clock.fixed(MADE.plusMillis(999), ZoneOffset.UTC));
    master = profile.randomKey(32);
    recoveryKey = RecoveryKey.generate(recoveryRandom);
    byte[] id = new byte[16];
    for (int i = 0; i < id.length; i++) {
      id[i] = (byte) (0xA0 + i);
    }
    var facts = new ContainerFacts(ContainerId.of(id), ProfileId.STANDARD, MADE, 4095, false);
    first = keySlots.create(facts, master, passphrase, CHEAPEST, recoveryKey);
  }

  KeyArea area() {
    return first.area();
  }

  /** Reads copies as the container does, each from the area of its number. */
  static List<UnverifiedKeyArea> copies(byte[]... areas) throws ContainerException {
    var copies = new ArrayList<UnverifiedKeyArea>();
    for (int copy = 0; copy < areas.length; copy++) {
      copies.add(KeyAreaCodec.decode(areas[copy], copy));
    }
    return copies;
  }

  static List<UnverifiedKeyArea> copies(SealedKeyArea... areas) throws ContainerException {
    var copies = new ArrayList<UnverifiedKeyArea>();
    for (int copy = 0; copy < areas.length; copy++) {
      copies.add(KeyAreaCodec.decode(areas[copy].bytes().toBytes(), copy));
    }
    return copies;
  }

  static Passphrase passphrase(String text) {
    try {
      return Passphrase.of(text.toCharArray());
    } catch (UnusablePassphraseException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    master.close();
    passphrase.close();
    recoveryKey.close();
  }
}
