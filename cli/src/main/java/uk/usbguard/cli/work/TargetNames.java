package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Names that the target takes. The container allows more than Windows and its file systems do, and
 * longer names than most; what has to give way is replaced by {@code _}.
 */
final class TargetNames {

  private static final int MAXIMUM_BYTES = 255;
  private static final String FORBIDDEN = "<>:\"|?*\\";
  private static final Set<String> WINDOWS_STORES =
      Set.of("vfat", "msdos", "fat", "fat32", "exfat", "ntfs", "ntfs3", "fuseblk");
  private static final Set<String> DEVICES =
      Set.of("con", "prn", "aux", "nul", "conin$", "conout$");

  private final boolean windows;

  TargetNames(boolean windows) {
    this.windows = windows;
  }

  /** Looks at what the folder is on. */
  static TargetNames of(Path folder, String osName) {
    return new TargetNames(
        osName.toLowerCase(Locale.ROOT).contains("windows")
            || WINDOWS_STORES.contains(type(folder).toLowerCase(Locale.ROOT)));
  }

  /** Empty where the system does not list what it is on, as in a changed root. */
  private static String type(Path folder) {
    try {
      return Files.getFileStore(folder).type();
    } catch (IOException e) {
      return "";
    }
  }

  /** The name itself where the target takes it. */
  String map(String name) {
    return shorten(windows ? mapForWindows(name) : name);
  }

  /** The name in characters that every file system and every locale takes. */
  static String mapPlainly(String name) {
    String windows = mapForWindows(name);
    StringBuilder plain = new StringBuilder(windows.length());
    windows.chars().map(c -> c < 0x7F ? c : '_').forEach(c -> plain.append((char) c));
    return shorten(plain.toString());
  }

  /**
   * Whether a name can lead anywhere but into its folder. The engine refuses those; so does this.
   */
  static boolean isHarmless(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('\0') < 0;
  }

  private static String mapForWindows(String name) {
    StringBuilder mapped = new StringBuilder(name.length() + 1);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      mapped.append(c < ' ' || c == 0x7F || FORBIDDEN.indexOf(c) >= 0 ? '_' : c);
    }
    for (int i = mapped.length() - 1; i >= 0 && isTrimmed(mapped.charAt(i)); i--) {
      mapped.setCharAt(i, '_');
    }
    int dot = mapped.indexOf(".");
    int end = dot < 0 ? mapped.length() : dot;
    if (isDevice(mapped.substring(0, end).stripTrailing().toLowerCase(Locale.ROOT))) {
      mapped.insert(end, '_');
    }
    return mapped.toString();
  }

  private static boolean isTrimmed(char c) {
    return c == '.' || c == ' ';
  }

  private static boolean isDevice(String stem) {
    if (DEVICES.contains(stem)) {
      return true;
    }
    if (stem.length() != 4 || !(stem.startsWith("com") || stem.startsWith("lpt"))) {
      return false;
    }
    return "0123456789\u00b9\u00b2\u00b3".indexOf(stem.charAt(3)) >= 0;
  }

  private static String shorten(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length <= MAXIMUM_BYTES) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 && name.length() - dot <= 16 ? name.substring(dot) : "";
    String stem = name.substring(0, name.length() - extension.length());
    int room = MAXIMUM_BYTES - extension.getBytes(StandardCharsets.UTF_8).length - 8; // for " (2)"
    StringBuilder shorter = new StringBuilder();
    int used = 0;
    for (int c : stem.codePoints().toArray()) {
      used += new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8).length;
      if (used > room) {
        break;
      }
      shorter.appendCodePoint(c);
    }
    return shorter + extension;
  }
}
