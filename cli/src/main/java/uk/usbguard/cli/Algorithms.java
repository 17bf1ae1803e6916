package uk.usbguard.cli;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import uk.usbguard.core.crypto.Argon2Engine;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.CryptoProfile.Work;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.error.BugException;
import uk.usbguard.platform.LibArgon2;
import uk.usbguard.platform.LibCrypto;
import uk.usbguard.platform.OperatingSystem;

/**
 * The algorithms on this PC, made once. A command that needs a key has them made on a second
 * processor while the first still reads the command line, and compiled if it seals or opens much.
 */
final class Algorithms {

  private static final Set<String> SEALING = Set.of("encrypt", "put");
  private static final Set<String> OPENING = Set.of("decrypt", "get");
  private static final Set<String> UNLOCKING =
      Set.of(
          "ls",
          "cat",
          "rm",
          "mv",
          "mkdir",
          "info",
          "verify",
          "repair",
          "passphrase",
          "key",
          "recover",
          "compact");

  private final ExecutorService second =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "usbguard-warm-up");
            thread.setDaemon(true);
            return thread;
          });
  private final FutureTask<CryptoProfile> profile;

  Algorithms(String osName) {
    profile = new FutureTask<>(() -> make(OperatingSystem.named(osName)));
  }

  /** Starts early with what the command will need. */
  void prepareFor(String... args) {
    String command = args.length == 0 ? "" : args[0];
    if (SEALING.contains(command)) {
      meanwhile(() -> profile().warmUp(Work.SEALING));
    } else if (OPENING.contains(command)) {
      meanwhile(() -> profile().warmUp(Work.OPENING));
    } else if (UNLOCKING.contains(command)) {
      meanwhile(this::profile);
    }
  }

  /**
   * Does it on a second processor, after what it does there already; not at all if there is none.
   */
  void meanwhile(Runnable preparation) {
    if (Runtime.getRuntime().availableProcessors() > 1) {
      second.execute(preparation);
    }
  }

  CryptoProfile profile() {
    profile.run(); // does nothing if another thread has begun it
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return profile.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new BugException("making the algorithms", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static CryptoProfile make(Optional<OperatingSystem> system) {
    Argon2Engine argon2 = LibArgon2.find(system).orElseGet(Argon2Engine::bouncyCastle);
    return new StandardProfile(Main.random(), argon2, LibCrypto.find(system));
  }
}
