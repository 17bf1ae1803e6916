package uk.usbguard.core.crypto;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id, version 1.3 (RFC 9106). Bouncy Castle clears its memory blocks when it is done; the
 * seed that it hashes from the passphrase is left to the collector.
 */
final class Argon2id {

  private Argon2id() {}

  /** The caller wipes the result. */
  static byte[] derive(byte[] passphrase, KdfCost cost, byte[] salt, int length) {
    return run(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt),
        passphrase,
        length);
  }

  /** Takes any parameters, for the RFC's test vectors. */
  static byte[] run(Argon2Parameters.Builder parameters, byte[] passphrase, int length) {
    var generator = new Argon2BytesGenerator();
    generator.init(parameters.withVersion(Argon2Parameters.ARGON2_VERSION_13).build());
    byte[] output = new byte[length];
    generator.generateBytes(passphrase, output);
    return output;
  }
}
