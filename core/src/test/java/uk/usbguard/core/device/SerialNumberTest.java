package uk.usbguard.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialNumberTest {

  @ParameterizedTest
  @DisplayName("A weak serial number is called by its weakness")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "001A4D5F9B2EF9A0B1C2D3E4,UNIQUE",
        "60A44C413FAEF471A96B0034,UNIQUE",
        "07B20D10,UNIQUE",
        "\"\",MISSING",
        "\"   \",MISSING",
        "1234567,SHORT",
        "A,SHORT",
        "00000000,REPEATED",
        "FFFFFFFFFFFFFFFF,REPEATED",
        "0123456789ABCDEF,SEQUENCE",
        "0123456789,SEQUENCE",
        "1234567890,SEQUENCE",
        "0123456789ABCDEF0123,SEQUENCE",
        "FEDCBA9876543210,SEQUENCE",
        "9876543210,SEQUENCE",
        "ABCDEFGH,SEQUENCE",
        "6&1a2b3c4d&0&2,INVENTED",
        "\"12345678,9\",UNPRINTABLE",
        "АБВГДЕЖЗИ,UNPRINTABLE",
      })
  void judgesWhatItIsGoodFor(String reported, SerialQuality quality) {
    assertThat(SerialNumber.of(reported).quality()).isEqualTo(quality);
    assertThat(SerialNumber.of(reported).quality().isUsable())
        .isEqualTo(quality == SerialQuality.UNIQUE);
  }

  @Test
  @DisplayName("The same serial is the same however the operating system spells it")
  void comparesWithoutCaseBlanksAndUnitNumber() {
    SerialNumber linux = SerialNumber.of("001a4d5f9b2e");

    assertThat(SerialNumber.of("001A4D5F9B2E")).isEqualTo(linux);
    assertThat(SerialNumber.of("  001A4D5F9B2E\0\0")).isEqualTo(linux);
    assertThat(SerialNumber.of("001A4D5F9B2E&0")).isEqualTo(linux);
    assertThat(SerialNumber.of("001A4D5F9B2F")).isNotEqualTo(linux);
    assertThat(linux.text()).isEqualTo("001A4D5F9B2E");
  }

  @Test
  void refusesWhatNoDeviceCanReport() {
    assertThat(SerialNumber.of("A1".repeat(63)).text()).hasSize(126);
    assertThatThrownBy(() -> SerialNumber.of("A1".repeat(63) + "B"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SerialNumber.of("ŉ".repeat(126)))
        .as("two characters each in upper case")
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cannotBeMadeWithAQualityItDoesNotHave() {
    assertThatThrownBy(() -> new SerialNumber("00000000", SerialQuality.UNIQUE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("An identity is written and read the same, also if the serial has colons")
  void identityRoundTrips() {
    UsbId model = UsbId.parse("0951:1666");
    DeviceIdentity plain = DeviceIdentity.of(model, "60a44c413faef471a96b0034");
    DeviceIdentity odd = DeviceIdentity.of(model, "a:b:c:d:e:f");
    DeviceIdentity none = DeviceIdentity.of(model, "");

    assertThat(plain.key()).isEqualTo("0951:1666:60A44C413FAEF471A96B0034");
    assertThat(plain.level()).isEqualTo(IdentityLevel.SERIAL);
    assertThat(none.key()).isEqualTo("0951:1666:");
    assertThat(none.level()).isEqualTo(IdentityLevel.MODEL);
    assertThat(DeviceIdentity.parse(plain.key())).isEqualTo(plain);
    assertThat(DeviceIdentity.parse(odd.key())).isEqualTo(odd);
    assertThat(DeviceIdentity.parse("0951:1666")).isEqualTo(none);
    assertThat(DeviceIdentity.parse("0951:1666:")).isEqualTo(none);
    assertThat(DeviceIdentity.isKey("0951:1666")).isTrue();
    assertThat(DeviceIdentity.isKey("NHS-4711")).isFalse();
    assertThatThrownBy(() -> DeviceIdentity.parse("951:1666:X"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
