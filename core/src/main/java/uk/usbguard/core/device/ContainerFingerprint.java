package uk.usbguard.core.device;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.usbguard.core.crypto.Sha256;

/**
 * Which encrypted container this is: SHA-256 over what its header says in clear and keeps for as
 * long as the key of its data stays the same, in the canonical form of docs/devices.md. Changing a
 * passphrase leaves it alone, making the container anew does not. Nothing in it is secret, so it
 * can be copied with the header; whoever copies it still holds nothing but that container.
 *
 * @param hex 64 digits, lower case
 */
public record ContainerFingerprint(Kind kind, String hex) {

  private static final String LABEL = "usbguard container fingerprint 1";
  private static final String KINDS =
      Arrays.stream(Kind.values()).map(Kind::label).collect(Collectors.joining("|"));
  private static final Pattern TEXT = Pattern.compile("(" + KINDS + "):([0-9a-f]{64})");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  /** What kind of container. */
  public enum Kind {
    /** Header UUID; digest of the volume key, its salt and iterations. */
    LUKS1,
    /** Header UUID; every digest of a volume key, with salt, hash and iterations. */
    LUKS2,
    /** Volume identifier and encryption method, of BitLocker and To Go. */
    BITLOCKER,
    /** Container UUID. */
    APFS,
    /** Container id. */
    USBGUARD;

    /** As it stands before the digits. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses what is no digest. */
  public ContainerFingerprint {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("not 64 hexadecimal digits");
    }
  }

  /** Over what this kind of container says of itself, in the order that its kind names. */
  public static ContainerFingerprint of(Kind kind, byte[]... facts) {
    byte[] digest = new Sha256().digest(canonical(kind, facts));
    return new ContainerFingerprint(kind, HexFormat.of().formatHex(digest));
  }

  /** The label, the kind and each fact, each with its length (four bytes) before it. */
  static byte[] canonical(Kind kind, byte[]... facts) {
    var out = new ByteArrayOutputStream();
    append(out, LABEL.getBytes(StandardCharsets.US_ASCII));
    append(out, kind.label().getBytes(StandardCharsets.US_ASCII));
    for (byte[] fact : facts) {
      append(out, fact);
    }
    return out.toByteArray();
  }

  private static void append(ByteArrayOutputStream out, byte[] item) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(item.length).array());
    out.writeBytes(item);
  }

  /** Reads {@code luks2:} and 64 hexadecimal digits; empty if it is anything else. */
  public static Optional<ContainerFingerprint> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new ContainerFingerprint(
                Kind.valueOf(parts.group(1).toUpperCase(Locale.ROOT)), parts.group(2)))
        : Optional.empty();
  }

  /** As it is shown and stored: {@code luks2:} and the digits. */
  @Override
  public String toString() {
    return kind.label() + ":" + hex;
  }
}
