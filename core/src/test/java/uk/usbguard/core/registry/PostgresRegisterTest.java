package uk.usbguard.core.registry;

import java.io.IOException;
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
}
