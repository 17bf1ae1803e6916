package uk.usbguard.core.registry;

import java.io.IOException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The register on a PostgreSQL server. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class PostgresRegisterTest extends RegisterContract {

  private static PostgresServer server;
  private static RegisterAddress.OnServer empty;
  private RegisterAddress.OnServer address;

  @BeforeAll
  static void start() throws Exception {
    server = new PostgresServer();
    empty = server.newDatabase();
    DeviceRegister.open(
            empty,
            false,
            null,
            new RegisterEnvironment(
                new Samples.TestClock(), RegisterListener.NONE, RegisterEnvironment.PATIENCE))
        .close();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  @Override
  void openWithSettings() throws Exception {
    address = server.copyOf(empty);
    super.openWithSettings();
  }

  @Override
  DeviceRegister open() throws Exception {
    return DeviceRegister.open(address, false, null, environment());
  }

  @Override
  public List<String> indexes() throws Exception {
    List<String> found = new ArrayList<>();
    try (Connection other = server.connect(address);
        var rows =
            other
                .createStatement()
                .executeQuery(
                    "SELECT indexdef FROM pg_indexes WHERE indexname LIKE 'device_%'"
                        + " AND indexname <> 'device_pkey' ORDER BY indexname")) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
