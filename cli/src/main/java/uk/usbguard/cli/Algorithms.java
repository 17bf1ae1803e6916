package uk.usbguard.cli;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import uk.usbguard.core.crypto.Argon2Engine;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.CryptoProfile.Work;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.error.BugException;
import uk.usbguard.platform.LibArgon2;
import uk.usbguard.platform.OperatingSystem;

/**
 * The algorithms on this PC, made once. A command that seals or opens much has them made and
 * compiled on a second processor while the first still reads the command line.
 */
final class Algorithms {

  private static final Set<String> SEALING = Set.of("encrypt", "put");
  private static final Set<String> OPENING = Set.of("decrypt", "get");

  private final FutureTask<CryptoProfile> profile;

  Algorithms(String osName) {
    profile = new FutureTask<>(() -> make(OperatingSystem.named(osName)));
  }

  /** Starts early with what the command will need. */
  void prepareFor(String... args) {
    Optional<Work> work = work(args.length == 0 ? "" : args[0]);
    if (work.isPresent() && Runtime.getRuntime().availableProcessors() > 1) {
      Thread thread = new Thread(() -> profile().warmUp(work.get()), "usbguard-warm-up");
      thread.setDaemon(true);
      thread.start();
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

  private static Optional<Work> work(String command) {
    if (SEALING.contains(command)) {
      return Optional.of(Work.SEALING);
    }
    return OPENING.contains(command) ? Optional.of(Work.OPENING) : Optional.empty();
  }

  private static CryptoProfile make(Optional<OperatingSystem> system) {
    Argon2Engine argon2 = LibArgon2.find(system).orElseGet(Argon2Engine::bouncyCastle);
    return new StandardProfile(Main.random(), argon2);
  }
}
