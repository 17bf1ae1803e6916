package uk.usbguard.core.crypto;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id, version 1.3 (RFC 9106). Bouncy Castle clears its memory blocks when it is done; the
 * seed that it hashes from the passphrase is left to the collector.
 */
final class Argon2id {

  private Argon2id() {}

  static void derive(byte[] passphrase, KdfCost cost, byte[] salt, byte[] output) {
    run(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt),
        passphrase,
        output);
  }

  /** Takes any parameters, for the RFC's test vectors. */
  static void run(Argon2Parameters.Builder parameters, byte[] passphrase, byte[] output) {
    var generator = new Argon2BytesGenerator();
    generator.init(parameters.withVersion(Argon2Parameters.ARGON2_VERSION_13).build());
    generator.generateBytes(passphrase, output);
  }
}
