package uk.usbguard.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Set;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("ENC-06: Argon2id")
class BouncyCastleArgon2Test {

  private static final byte[] PASSPHRASE =
      "correct horse battery staple".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SALT =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @Test
  @DisplayName("gives the tag of RFC 9106, section 5.3")
  void givesTheTagOfTheRfc() {
    var parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withMemoryAsKB(32)
            .withIterations(3)
            .withParallelism(4)
            .withSalt(bytes(16, 2))
            .withSecret(bytes(8, 3))
            .withAdditional(bytes(12, 4));

    byte[] tag = BouncyCastleArgon2.run(parameters, bytes(32, 1), 32);

    assertThat(HexFormat.of().formatHex(tag))
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  // printf %s 'correct horse battery staple' | argon2 0123456789abcdef0123456789abcdef \
  //   -id -v 13 -k <memoryKib> -t <passes> -p <lanes> -l 64 -r          (Debian's argon2, 20171227)
  @ParameterizedTest(name = "{0} KiB, {1} passes, {2} lanes")
  @CsvSource({
    "65536, 3, 4, 2a364c259f13ac4d9ba26402629b42fe45c98255d604bfa484d73544fb23d86a"
        + "bd00e570b9864ef5b9a2cf4795c21a44fc282f8eee74332b700019d750367326",
    "19456, 2, 1, 4e1eeb211a4a3323826b78f0d2007146867d4c94daba2adf643784690481ddaf"
        + "1aaaa65d498d8fe959653e98c6380b2743b0eb84d15f6820d99f7182d58a9603"
  })
  @DisplayName("gives what the reference implementation gives, at the default and at the floor")
  void givesWhatTheReferenceImplementationGives(
      int memoryKib, int passes, int lanes, String expected) {
    byte[] output =
        Argon2Engine.bouncyCastle()
            .derive(PASSPHRASE, new KdfCost(memoryKib, passes, lanes), SALT, 64);

    assertThat(HexFormat.of().formatHex(output)).isEqualTo(expected);
  }

  @Test
  @DisplayName("hands every block of its memory back to be cleared")
  void handsEveryBlockBack() {
    var blocks = new BalancedPool();
    var parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withMemoryAsKB(64)
            .withIterations(2)
            .withParallelism(2)
            .withSalt(SALT)
            .withBlockPool(blocks);

    BouncyCastleArgon2.run(parameters, PASSPHRASE, 64);

    assertThat(blocks.allocated).isGreaterThanOrEqualTo(64);
    assertThat(blocks.outstanding).isEmpty();
  }

  /** Bouncy Castle's own pool clears each block that comes back; this one counts them. */
  private static final class BalancedPool implements Argon2BytesGenerator.BlockPool {

    private final Set<Argon2BytesGenerator.Block> outstanding =
        Collections.newSetFromMap(new IdentityHashMap<>());
    private int allocated;

    @Override
    public Argon2BytesGenerator.Block allocate() {
      var block = new Argon2BytesGenerator.Block();
      allocated++;
      outstanding.add(block);
      return block;
    }

    @Override
    public void deallocate(Argon2BytesGenerator.Block block) {
      outstanding.remove(block);
    }
  }

  private static byte[] bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
