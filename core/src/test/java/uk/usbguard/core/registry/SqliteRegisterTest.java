package uk.usbguard.core.registry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The register in an SQLite file. */
class SqliteRegisterTest extends RegisterContract {

  @TempDir private static Path once;
  @TempDir private Path folder;

  /** Made once and copied: making the tables takes longer than a test. */
  @BeforeAll
  static void makeTables() throws Exception {
    DeviceRegister.open(
            new RegisterAddress.InFile(once.resolve("empty.db")),
            true,
            null,
            new RegisterEnvironment(
                new Samples.TestClock(), RegisterListener.NONE, RegisterEnvironment.PATIENCE))
        .close();
  }

  @BeforeEach
  @Override
  void openWithSettings() throws Exception {
    Files.copy(once.resolve("empty.db"), folder.resolve("register.db"));
    super.openWithSettings();
  }

  @Override
  DeviceRegister open() throws Exception {
    return DeviceRegister.open(
        new RegisterAddress.InFile(folder.resolve("register.db")), false, null, environment());
  }

  @Override
  public List<String> indexes() throws Exception {
    List<String> found = new ArrayList<>();
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("register.db"));
        var rows =
            other
                .createStatement()
                .executeQuery(
                    "SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger')"
                        + " AND sql LIKE 'CREATE % device_%' ORDER BY name")) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
