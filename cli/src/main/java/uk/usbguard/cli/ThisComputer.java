package uk.usbguard.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import uk.usbguard.core.audit.AuditOrigin;

/** What this PC and this account are called, for the audit log. */
final class ThisComputer {

  /** Where Linux says it without asking the network. */
  private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");

  private ThisComputer() {}

  static AuditOrigin origin(Map<String, String> environment, String user) {
    return new AuditOrigin(host(environment), user);
  }

  private static String host(Map<String, String> environment) {
    String windows = environment.get("COMPUTERNAME");
    if (windows != null && !windows.isBlank()) {
      return windows;
    }
    try {
      return Files.readString(KERNEL_NAME).strip();
    } catch (IOException e) {
      return resolved();
    }
  }

  private static String resolved() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "?";
    }
  }
}
