package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.media.Seen.changed;
import static uk.usbguard.core.media.Seen.hex;
import static uk.usbguard.core.media.Seen.names;
import static uk.usbguard.core.media.Seen.scan;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partition tables of other systems, which Linux reads, in what a real header has to spare. */
class OtherTablesTest {

  @Test
  @DisplayName("USB-02 a Sun label in the unused slots of a real LUKS1 takes the proof away")
  void sunLabel() {
    // ntrks 1, nsect 16: the kernel takes slot 4 for a partition at 4000 cylinders of 16 sectors
    MemoryMedium medium = changed(Seen.LUKS1, 436, "0001 0010").write(508, hex("DABE"));
    assertThat(scan(medium).verdict()).as("a wrong sum").isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    Block sector = new Block(medium.read(0, 512));
    int sum = 0;
    for (int at = 0; at < 510; at += 2) {
      sum ^= sector.u16be(at);
    }
    medium.write(510, (byte) (sum >> 8), (byte) sum);
    assertThat(names(scan(medium), Format.OTHER_TABLE)).isTrue();
    assertThat(scan(medium).isEncrypted()).isFalse();
  }

  @Test
  @DisplayName("USB-02 so does a table of Karma; its mark alone is not one")
  void karma() {
    MemoryMedium medium = changed(Seen.LUKS1, 510, "56AB");
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    for (long type : new long[] {274, 290}) {
      MemoryMedium table = changed(Seen.LUKS1, 510, "56AB").write(type, (byte) 0x4D);
      assertThat(names(scan(table), Format.OTHER_TABLE)).isTrue();
      assertThat(scan(table).isEncrypted()).isFalse();
    }
  }

  @ParameterizedTest
  @DisplayName("what is no entry of Atari is none: unused, without a name, behind the end")
  @CsvSource({
    "02 47454D 00000800 00000800",
    "01 47002D 00000800 00000800",
    "01 3A454D 00000800 00000800",
    "01 475B4D 00000800 00000800",
    "01 47457B 00000800 00000800",
    "01 474560 00000800 00000800",
    "01 47452F 00000800 00000800",
    "01 474540 00000800 00000800",
    "01 47454D 00000800 FFFFFFFF"
  })
  void noAtari(String entry) {
    MemoryMedium medium = new MemoryMedium(16 << 20).write(454, hex(entry));
    assertThat(names(scan(medium), Format.OTHER_TABLE)).isFalse();
    MemoryMedium marked =
        new MemoryMedium(16 << 20)
            .write(454, hex("01 47454D 00000800 00000800"))
            .write(510, hex("55AA"));
    assertThat(names(scan(marked), Format.OTHER_TABLE)).as("read as a DOS table").isFalse();
  }

  @ParameterizedTest
  @DisplayName("a table of Apple's or of SGI at the start is one that is not looked into")
  @CsvSource({"4552", "0BE5A941"})
  void tablesAtTheStart(String bytes) {
    MemoryMedium medium = new MemoryMedium(16 << 20).write(0, hex(bytes));
    assertThat(names(scan(medium), Format.OTHER_TABLE)).isTrue();
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.PARTIAL);
  }
}
