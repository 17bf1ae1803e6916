package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.util.UUID;

/** The random name of a container. It is no secret. */
public final class ContainerId extends FixedBytes {

  public static final int LENGTH = FormatLimits.CONTAINER_ID_LENGTH;

  private ContainerId(byte[] bytes) {
    super(bytes, LENGTH);
  }

  /** Copies the bytes. */
  public static ContainerId of(byte[] bytes) {
    return new ContainerId(bytes);
  }

  /** Takes the bytes where the buffer stands. */
  public static ContainerId readFrom(ByteBuffer from) {
    return new ContainerId(next(from, LENGTH));
  }

  /** The form of a UUID, for people and logs; its version and variant bits are random too. */
  @Override
  public String toString() {
    ByteBuffer bytes = ByteBuffer.wrap(toBytes());
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }
}
