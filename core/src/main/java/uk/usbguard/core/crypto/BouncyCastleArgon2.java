package uk.usbguard.core.crypto;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Argon2id from the lightweight classes, on the calling thread. Bouncy Castle clears its memory
 * blocks when it is done; the seed that it hashes from the passphrase is left to the collector.
 */
final class BouncyCastleArgon2 implements Argon2Engine {

  @Override
  public String module() {
    @Nullable String version = Argon2BytesGenerator.class.getPackage().getImplementationVersion();
    return "Bouncy Castle" + (version == null ? "" : " " + version);
  }

  @Override
  public byte[] derive(byte[] passphrase, KdfCost cost, byte[] salt, int length) {
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
