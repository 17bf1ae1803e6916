package uk.usbguard.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ENC-01: the ciphers of an AES-256-GCM key, which hold it outside the heap")
class CipherOwnershipTest {

  private static final byte[] AAD = {1, 2, 3};

  private final Counting engine = new Counting(new JdkGcm(Jca.ofThisPlatform()));

  @Test
  @DisplayName("are closed once each, whoever has one when the key is closed")
  void closedOnce() throws Exception {
    for (int round = 0; round < 50; round++) {
      AeadKey key = new AeadKey(engine, new SecureRandom(), new byte[32], 0);
      Callable<Integer> work =
          () -> {
            byte[] sealed = new byte[100 + AeadKey.OVERHEAD];
            int done = 0;
            try {
              while (done < 200) {
                key.seal(AAD, new byte[100], 0, 100, sealed, 0);
                done++;
              }
            } catch (IllegalStateException closed) {
              return done;
            }
            key.close();
            return done;
          };
      ExecutorService threads = Executors.newFixedThreadPool(20);
      try {
        for (Future<Integer> done : threads.invokeAll(Collections.nCopies(20, work))) {
          done.get();
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(engine.open()).as("round " + round).isZero();
    }
    assertThat(engine.made.get()).isGreaterThanOrEqualTo(50);
    assertThat(engine.usedAfterClose.get()).isZero();
  }

  @Test
  @DisplayName("are closed, not used again, when a call or the generator failed")
  void closedAfterAFailure() {
    SecureRandom[] generators = {new SecureRandom(), new Broken()};
    for (SecureRandom random : generators) {
      AeadKey key = new AeadKey(engine, random, new byte[32], 0);
      engine.fails = !(random instanceof Broken);
      byte[] sealed = new byte[40 + AeadKey.OVERHEAD];
      for (int i = 0; i < 3; i++) {
        assertThatIllegalStateException()
            .isThrownBy(() -> key.seal(AAD, new byte[40], 0, 40, sealed, 0))
            .withMessage("broken");
        assertThat(engine.open()).isZero();
      }
      assertThat(sealed).as("nothing that was not sealed").containsOnly(0);
      key.close();
    }
    assertThat(engine.made.get()).isEqualTo(6);
  }

  /** A generator whose device is gone. */
  private static final class Broken extends SecureRandom {

    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      throw new IllegalStateException("broken");
    }
  }

  /** Counts what is made and closed, and fails when told to. */
  private static final class Counting implements GcmEngine {

    private final GcmEngine jdk;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger usedAfterClose = new AtomicInteger();
    private volatile boolean fails;

    Counting(GcmEngine jdk) {
      this.jdk = jdk;
    }

    int open() {
      return made.get() - closed.get();
    }

    @Override
    public String module() {
      return jdk.module();
    }

    @Override
    public boolean needsWarmUp() {
      return false;
    }

    @Override
    public ByteBuffer buffer(int bytes) {
      return jdk.buffer(bytes);
    }

    @Override
    public GcmCipher forKey(byte[] key) {
      made.incrementAndGet();
      GcmCipher cipher = jdk.forKey(key);
      AtomicInteger closes = new AtomicInteger();
      return new GcmCipher() {
        @Override
        public void seal(byte[] iv, byte[] aad, byte[] plain, int at, int n, byte[] out, int to) {
          if (closes.get() > 0) {
            usedAfterClose.incrementAndGet();
          }
          if (fails) {
            throw new IllegalStateException("broken");
          }
          cipher.seal(iv, aad, plain, at, n, out, to);
        }

        @Override
        public boolean open(byte[] aad, byte[] sealed, int at, int n, byte[] out, int to) {
          return cipher.open(aad, sealed, at, n, out, to);
        }

        @Override
        public boolean open(byte[] aad, ByteBuffer sealed, int at, int n, ByteBuffer out, int to) {
          return cipher.open(aad, sealed, at, n, out, to);
        }

        @Override
        public void close() {
          cipher.close();
          // A second time counts too: then there are fewer than none.
          closed.incrementAndGet();
          closes.incrementAndGet();
        }
      };
    }
  }
}
