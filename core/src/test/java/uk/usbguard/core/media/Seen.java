package uk.usbguard.core.media;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import uk.usbguard.core.media.Evidence.Sighting;
import uk.usbguard.core.media.Evidence.Soundness;

/** What a report says, asked in one line; and media with a few bytes changed. */
final class Seen {

  static final String LUKS1 = "luks1-aes-xts-plain64-512";
  static final String LUKS2 = "luks2-aes-xts-plain64-512";
  static final long MEBIBYTE = 1 << 20;

  private Seen() {}

  static MediumReport scan(MemoryMedium medium) {
    return MediaScan.scan(medium, false);
  }

  /** Bytes that are written as pairs of digits, with spaces where they help. */
  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  /** A real medium with other bytes at one place. */
  static MemoryMedium changed(String resource, long at, String hex) {
    return MemoryMedium.of(resource).write(at, hex(hex));
  }

  /** All reasons, of the medium and of its extents. */
  static List<Reason> reasons(MediumReport report) {
    List<Reason> all = new ArrayList<>(report.reasons());
    report.extents().forEach(finding -> all.addAll(finding.reasons()));
    return all;
  }

  static boolean isSound(MediumReport report, Format format, long offset) {
    return sightings(report)
        .anyMatch(
            s ->
                s.format() == format
                    && s.offsetBytes() == offset
                    && s.soundness() == Soundness.SOUND);
  }

  static boolean names(MediumReport report, Format format) {
    return sightings(report).anyMatch(s -> s.format() == format);
  }

  static Stream<Sighting> sightings(MediumReport report) {
    return report.extents().stream()
        .flatMap(extent -> extent.evidence().stream())
        .filter(Sighting.class::isInstance)
        .map(Sighting.class::cast);
  }

  /** Little-endian, as what is not of Apple or LUKS has it. */
  static byte[] little(long value, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (value >> (8 * i));
    }
    return bytes;
  }
}
