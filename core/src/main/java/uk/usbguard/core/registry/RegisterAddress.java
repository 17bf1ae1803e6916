package uk.usbguard.core.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where a register is: a file, or a database on a PostgreSQL server. */
public sealed interface RegisterAddress {

  /** An SQLite file on a disk of this PC. */
  record InFile(Path file) implements RegisterAddress {}

  /**
   * A database on a server. The connection is encrypted and the server's certificate is checked
   * unless the address says otherwise or the server is this PC.
   *
   * @param options of the connection, only known ones
   */
  record OnServer(String host, int port, String database, String user, Map<String, String> options)
      implements RegisterAddress {

    /** Copies the options. */
    public OnServer {
      options = Map.copyOf(options);
    }
  }

  /** What an address may say after the question mark. Others can make a driver load classes. */
  Set<String> OPTIONS =
      Set.of(
          "sslmode",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "currentSchema",
          "connectTimeout",
          "socketTimeout");

  /** PostgreSQL's own. */
  int DEFAULT_PORT = 5432;

  /**
   * Reads a path, or {@code postgresql://USER@HOST:PORT/DATABASE?sslmode=...}.
   *
   * @param folder what relative paths start from
   * @throws IllegalArgumentException if it is a bad address, or holds a password; the message is
   *     {@code address}, {@code host}, {@code password}, or {@code option} and its name
   */
  static RegisterAddress parse(String typed, Path folder) {
    String text = typed.startsWith("jdbc:") ? typed.substring("jdbc:".length()) : typed;
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("postgresql:") || lower.startsWith("postgres:")) {
      return server(text);
    }
    return new InFile(
        folder.resolve(lower.startsWith("sqlite:") ? text.substring("sqlite:".length()) : text));
  }

  private static OnServer server(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("address", e);
    }
    String path = uri.getPath();
    if (uri.getHost() == null || path == null || path.length() < 2) {
      throw new IllegalArgumentException("host");
    }
    String user = uri.getUserInfo() == null ? "" : uri.getUserInfo();
    if (user.contains(":")) {
      throw new IllegalArgumentException("password");
    }
    Map<String, String> options = new LinkedHashMap<>();
    if (uri.getRawQuery() != null) {
      for (String option : uri.getRawQuery().split("&", -1)) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        if (name.equals("password")) {
          throw new IllegalArgumentException("password");
        }
        String value = URLDecoder.decode(option.substring(equals + 1), StandardCharsets.UTF_8);
        if (name.equals("user") && user.isEmpty()) {
          user = value;
        } else if (OPTIONS.contains(name)) {
          options.put(name, value);
        } else {
          throw new IllegalArgumentException("option " + name);
        }
      }
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return new OnServer(uri.getHost(), port, path.substring(1), user, options);
  }
}
