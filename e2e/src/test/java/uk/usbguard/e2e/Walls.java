package uk.usbguard.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who may use whom: the tables of docs/architecture.md as data. A package of core that is missing
 * here fails the build, so that a new one is thought about first.
 */
final class Walls {

  /** core's packages; what stands first is lower. "Below" in the comments: all of the earlier. */
  static final Map<String, Wall> CORE = core();

  /** Libraries that only some packages may see. */
  static final List<Reserved> RESERVED =
      List.of(
          new Reserved("org.bouncycastle..", "uk.usbguard.core.crypto.."),
          new Reserved("picocli..", "uk.usbguard.cli.."),
          new Reserved(
              "com.fasterxml.jackson..",
              "uk.usbguard.cli.render..",
              "uk.usbguard.core.registry..",
              "uk.usbguard.core.policy..",
              "uk.usbguard.core.audit.."),
          new Reserved("java.sql..", "uk.usbguard.core.registry.."),
          new Reserved("org.sqlite..", "uk.usbguard.core.registry.."),
          new Reserved("org.postgresql..", "uk.usbguard.core.registry.."),
          new Reserved("com.zaxxer..", "uk.usbguard.core.registry.."),
          new Reserved("org.flywaydb..", "uk.usbguard.core.registry.."),
          new Reserved("org.snakeyaml..", "uk.usbguard.core.policy.."),
          new Reserved("com.sun.jna..", "uk.usbguard.platform.."),
          new Reserved("org.usb4java..", "uk.usbguard.platform.."),
          new Reserved("javafx..", "uk.usbguard.ui.."),
          new Reserved("com.google.zxing..", "uk.usbguard.cli.sheet.."),
          new Reserved(
              "org.apache.pdfbox..", "uk.usbguard.cli.sheet..", "uk.usbguard.cli.evidence.."));

  /** What one package of core may use besides the JDK, and whether other modules may use it. */
  record Wall(boolean facade, Set<String> uses) {}

  /** A library, as a package pattern, and the only packages that may use it. */
  record Reserved(String library, List<String> users) {
    Reserved(String library, String... users) {
      this(library, List.of(users));
    }
  }

  private Walls() {}

  static List<String> facades() {
    List<String> facades = new ArrayList<>();
    CORE.forEach(
        (name, wall) -> {
          if (wall.facade()) {
            facades.add(name);
          }
        });
    return facades;
  }

  private static Map<String, Wall> core() {
    var walls = new TreeMap<String, Wall>();
    facade(walls, "error");
    facade(walls, "secret", "error");
    facade(walls, "passphrase", "secret", "error");
    facade(walls, "file");
    inner(walls, "io", "file", "error");
    facade(walls, "crypto", "secret", "error");
    inner(walls, "format", "error");
    inner(walls, "keyslot", "format", "crypto", "secret", "error");
    inner(walls, "record", "format", "crypto", "secret", "io", "error");
    inner(walls, "extent", "record", "format", "crypto", "io", "error");
    inner(walls, "index", "record", "extent", "format", "crypto", "io", "error");
    String[] belowContainer = {
      "error", "secret", "io", "crypto", "format", "keyslot", "extent", "record", "index"
    };
    facade(walls, "container", belowContainer);
    facade(walls, "check", and(belowContainer, "container"));
    facade(walls, "nio", "container", "error");
    facade(walls, "media", "device", "io", "error");
    facade(walls, "device", "crypto", "error");
    facade(walls, "registry", "device", "crypto", "error");
    facade(walls, "policy", "device", "media", "error");
    facade(walls, "signing", "crypto", "secret", "file", "error");
    facade(walls, "audit", "signing", "file", "crypto", "secret", "error");
    facade(walls, "guard", "policy", "registry", "media", "audit", "device", "error");
    facade(walls, "bundle", "policy", "registry", "signing", "crypto", "error");
    facade(walls, "sanitise", "media", "io", "audit", "error");
    facade(walls, "evidence", "registry", "audit", "device", "error");
    return Map.copyOf(walls);
  }

  private static void facade(Map<String, Wall> walls, String name, String... uses) {
    walls.put(name, new Wall(true, Set.of(uses)));
  }

  private static void inner(Map<String, Wall> walls, String name, String... uses) {
    walls.put(name, new Wall(false, Set.of(uses)));
  }

  private static String[] and(String[] some, String other) {
    Set<String> all = new TreeSet<>(List.of(some));
    all.add(other);
    return all.toArray(String[]::new);
  }
}
