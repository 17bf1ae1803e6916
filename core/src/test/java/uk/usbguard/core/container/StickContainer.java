package uk.usbguard.core.container;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.io.SegmentSource;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.core.secret.RecoveryKeyFormatException;

/** A container on a medium of a test, opened with its recovery key, which derives nothing. */
public final class StickContainer {

  private final char[] recoveryKey;

  private StickContainer(char[] recoveryKey) {
    this.recoveryKey = recoveryKey;
  }

  /** Fills a new container. */
  @FunctionalInterface
  public interface Filling {
    void fill(Container container) throws Exception;
  }

  /** Makes it. */
  public static StickContainer make(SegmentSource stick, Filling filling) throws Exception {
    CreateOptions options = CreateOptions.defaults().withCost(PassphraseCost.LEAST);
    try (Passphrase passphrase = Passphrase.of("correct horse battery staple".toCharArray());
        NewContainer made = Containers.create(stick, options, passphrase, environment())) {
      StickContainer result = new StickContainer(made.recoveryKey().orElseThrow().toText());
      filling.fill(made.container());
      return result;
    }
  }

  /** Opens it. */
  public Container open(SegmentSource stick, OpenMode mode) throws IOException, ContainerException {
    try (RecoveryKey key = RecoveryKey.parse(recoveryKey.clone())) {
      return Containers.open(stick, "stick", Credential.of(key), mode, environment());
    } catch (RecoveryKeyFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static ContainerEnvironment environment() {
    return ContainerEnvironment.of(Clock.systemUTC(), new SecureRandom(), GenerationMemory.none());
  }
}
