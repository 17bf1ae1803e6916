package uk.usbguard.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.usbguard.core.registry.RegisterAddress;

class RegisterPlaceTest {

  @ParameterizedTest
  @CsvSource({
    "postgresql://anne@db.trust.nhs.uk:5433/media?sslkey=/home/anne/k, server, 'db.trust.nhs.uk, media'",
    "postgresql://db/media?user=anne, server, 'db, media'",
    "/home/anne/secret project/r.db, file, r.db"
  })
  @DisplayName("AUD-05 a report names the register without user, keys and folders")
  void saysNoMoreThanNeeded(String typed, String kind, String name) {
    var place = RegisterOptions.Place.of(RegisterAddress.parse(typed, Path.of("")));

    assertThat(place).isEqualTo(new RegisterOptions.Place(kind, name));
  }
}
