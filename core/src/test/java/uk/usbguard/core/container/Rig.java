package uk.usbguard.core.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import uk.usbguard.core.crypto.Argon2Engine;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.core.secret.RecoveryKeyFormatException;

/** A container in memory, its recovery key and a clock that goes when it is told to. */
final class Rig {

  static final PassphraseCost CHEAPEST = new PassphraseCost(19 * 1024, 2, 1);

  final MemorySegments medium;
  final Time clock = new Time();
  final ContainerEnvironment environment =
      new ContainerEnvironment(
          clock, new SecureRandom(), profile(), GenerationMemory.none(), () -> false);
  private final char[] recovery;
  Container container;

  Rig(int segmentMib) throws Exception {
    this(new MemorySegments(), segmentMib);
  }

  Rig(MemorySegments medium, int segmentMib) throws Exception {
    this.medium = medium;
    CreateOptions options = CreateOptions.defaults().withCost(CHEAPEST).withSegmentMib(segmentMib);
    try (Passphrase passphrase = Passphrase.of("correct horse battery staple".toCharArray())) {
      NewContainer made = Containers.create(medium, options, passphrase, environment);
      recovery = made.recoveryKey().orElseThrow().toText();
      container = made.container();
    }
  }

  /** The same container on another medium, opened for writing. */
  Rig(Rig like, MemorySegments medium, Container container) {
    this.medium = medium;
    this.recovery = like.recovery;
    this.container = container;
  }

  /** One that wants buffers which have no array. */
  private static StandardProfile profile() {
    return new StandardProfile(
        new SecureRandom(), Argon2Engine.bouncyCastle(), Optional.of(new OutsideTheHeap()));
  }

  /** A clock. */
  static final class Time extends Clock {
    private final AtomicLong millis = new AtomicLong(1_790_000_000_000L);

    void pass(long more) {
      millis.addAndGet(more);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis.get());
    }
  }

  /** The recovery key as it is typed. */
  char[] recoveryText() {
    return recovery.clone();
  }

  Container open(MemorySegments from, OpenMode mode) throws IOException, ContainerException {
    return open(from, mode, environment);
  }

  private Container open(MemorySegments from, OpenMode mode, ContainerEnvironment environment)
      throws IOException, ContainerException {
    try (RecoveryKey key = RecoveryKey.parse(recovery.clone())) {
      return Containers.open(from, "memory", Credential.of(key), mode, environment);
    } catch (RecoveryKeyFormatException e) {
      throw new AssertionError(e);
    }
  }

  void reopen() throws IOException, ContainerException {
    container.close();
    container = open(medium, OpenMode.READ_WRITE);
  }

  /** The same, but with somebody who may ask for an early end. */
  void reopenStoppedBy(BooleanSupplier stop) throws IOException, ContainerException {
    container.close();
    container = open(medium, OpenMode.READ_WRITE, environment.stoppedBy(stop));
  }

  static ContainerPath path(String text) {
    try {
      return ContainerPath.parse(text);
    } catch (ContainerException e) {
      throw new AssertionError(e);
    }
  }

  void put(String path, byte[] bytes) throws IOException, ContainerException {
    container.put(
        path(path), FileMeta.at(clock.instant()), new ByteArrayInputStream(bytes), PutMode.REPLACE);
  }

  byte[] get(String path) throws IOException, ContainerException {
    return get(container, path);
  }

  static byte[] get(Container from, String path) throws IOException, ContainerException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    from.openFile(path(path)).transferTo(out);
    return out.toByteArray();
  }

  static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
