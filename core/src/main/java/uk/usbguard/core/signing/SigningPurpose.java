package uk.usbguard.core.signing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a signature says yes to. The purpose is part of what is signed: a policy's signature does
 * not make a lost list genuine, even if somebody finds bytes that could be read as both.
 */
public enum SigningPurpose {
  AUDIT_CHECKPOINT("audit-checkpoint"),
  POLICY("policy"),
  REGISTER("register"),
  LOST_LIST("lost-list"),
  BUNDLE("bundle"),
  DRIVE_CERTIFICATE("drive-certificate"),
  GRANT("grant"),
  WIPE_CERTIFICATE("wipe-certificate");

  private final String label;

  SigningPurpose(String label) {
    this.label = label;
  }

  /** Its name in signature files. */
  public String label() {
    return label;
  }

  static Optional<SigningPurpose> of(String label) {
    return Arrays.stream(values()).filter(purpose -> purpose.label.equals(label)).findAny();
  }

  /** What is signed: the label, a zero byte, the content. No label holds a zero byte. */
  byte[] message(byte[] content) {
    byte[] head = ("usbguard/1 " + label + "\0").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(Math.addExact(head.length, content.length))
        .put(head)
        .put(content)
        .array();
  }
}
