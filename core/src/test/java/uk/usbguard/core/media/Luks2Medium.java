package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import uk.usbguard.core.crypto.Sha256;

/** LUKS2 of cryptsetup with other words in its JSON and the right checksum. */
final class Luks2Medium {

  private static final int HEADER = 16_384;
  private static final int JSON = 4096;

  private Luks2Medium() {}

  /** Changes the first header, or both. */
  static MemoryMedium rewritten(String before, String after, boolean both) {
    MemoryMedium medium = MemoryMedium.of(Seen.LUKS2);
    for (int at : both ? new int[] {0, HEADER} : new int[] {0}) {
      byte[] header = medium.read(at, HEADER);
      String json = new String(header, JSON, HEADER - JSON, StandardCharsets.ISO_8859_1);
      String text = json.substring(0, json.indexOf('\0'));
      assertThat(text).contains(before);
      byte[] other = new byte[HEADER];
      System.arraycopy(header, 0, other, 0, JSON);
      byte[] words = text.replace(before, after).getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(words, 0, other, JSON, words.length);
      medium.write(at, summed(other));
    }
    return medium;
  }

  /** The same header with a right checksum. */
  static byte[] summed(byte[] header) {
    byte[] other = header.clone();
    Arrays.fill(other, 448, 512, (byte) 0);
    byte[] sum = new Sha256().digest(other);
    System.arraycopy(sum, 0, other, 448, sum.length);
    return other;
  }
}
