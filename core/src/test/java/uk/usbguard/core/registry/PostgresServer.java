package uk.usbguard.core.registry;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A real PostgreSQL server for one test class; each test has a database of its own. */
final class PostgresServer implements AutoCloseable {

  private final EmbeddedPostgres server;
  private int databases;

  PostgresServer() throws IOException {
    server = EmbeddedPostgres.builder().start();
  }

  RegisterAddress.OnServer newDatabase() throws SQLException {
    String name = "register" + databases++;
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new RegisterAddress.OnServer(
        "localhost", server.getPort(), name, "postgres", Map.of("sslmode", "disable"));
  }

  /** With the tables of a database that nobody is connected to. */
  RegisterAddress.OnServer copyOf(RegisterAddress.OnServer other) throws SQLException {
    String name = "register" + databases++;
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE " + other.database());
    }
    return new RegisterAddress.OnServer(
        other.host(), other.port(), name, other.user(), other.options());
  }

  /** As the administrator. */
  Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  Connection connect(RegisterAddress.OnServer address) throws SQLException {
    return server.getDatabase("postgres", address.database()).getConnection();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
