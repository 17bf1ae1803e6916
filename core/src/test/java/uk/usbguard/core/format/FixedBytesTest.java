package uk.usbguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Ids, salts and tags")
class FixedBytesTest {

  private final byte[] bytes = new byte[16];

  @Test
  void areEqualByContentAndKind() {
    assertThat(Tag.of(bytes)).isEqualTo(Tag.of(bytes.clone())).hasSameHashCodeAs(Tag.of(bytes));
    assertThat(Tag.of(bytes)).isNotEqualTo(Tag.of(KeyAreaSamples.bytes(16, 1)));
    assertThat(Tag.of(bytes)).isNotEqualTo(ContainerId.of(bytes));
  }

  @Test
  void doNotChangeWithTheArraysAroundThem() {
    Tag tag = Tag.of(bytes);
    bytes[0] = 1;
    tag.toBytes()[0] = 1;

    assertThat(tag).isEqualTo(Tag.of(new byte[16]));
  }

  @Test
  void areReadAndWrittenWhereTheBufferStands() {
    ByteBuffer buffer = ByteBuffer.allocate(64);
    buffer.put(KeyAreaSamples.bytes(64, 9)).position(8);

    EpochSalt salt = EpochSalt.readFrom(buffer);
    assertThat(buffer.position()).isEqualTo(40);
    assertThat(salt).isEqualTo(EpochSalt.of(KeyAreaSamples.bytes(32, 9)));

    EpochSalt.of(new byte[32]).writeTo(buffer.position(0));
    assertThat(buffer.position()).isEqualTo(32);
    assertThat(buffer.array()[31]).isZero();
    assertThat(buffer.array()[32]).isEqualTo((byte) 9);
  }

  @Test
  void refuseAnotherLength() {
    assertThatIllegalArgumentException().isThrownBy(() -> ContainerId.of(new byte[15]));
    assertThatIllegalArgumentException().isThrownBy(() -> EpochSalt.of(new byte[33]));
    assertThatIllegalArgumentException().isThrownBy(() -> Tag.of(new byte[0]));
  }

  @Test
  void haveATextForLogs() {
    assertThat(KeyAreaSamples.ID).hasToString("a0a0a0a0-a0a0-a0a0-a0a0-a0a0a0a0a0a0");
    assertThat(Tag.of(bytes)).hasToString("0".repeat(32));
    assertThat(ByteString.of(bytes)).hasToString("16 bytes");
  }
}
