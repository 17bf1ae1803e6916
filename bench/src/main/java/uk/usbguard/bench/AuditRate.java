package uk.usbguard.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditEvent;
import uk.usbguard.core.audit.AuditException;
import uk.usbguard.core.audit.AuditLog;
import uk.usbguard.core.audit.AuditOrigin;
import uk.usbguard.core.audit.AuditReceipt;
import uk.usbguard.core.audit.AuditResult;
import uk.usbguard.core.audit.AuditSettings;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.audit.HeadMemory;

/** How many events a second an audit log keeps, each of them waited for: {@code FOLDER EVENTS}. */
public final class AuditRate {

  private AuditRate() {}

  public static void main(String[] args) throws IOException, AuditException {
    int events = Integer.parseInt(args[1]);
    AuditSettings settings =
        AuditSettings.of(
            Clock.systemUTC(),
            SecureRandom::new,
            new AuditOrigin("bench", "bench"),
            HeadMemory.NONE);
    AuditEvent event =
        AuditEvent.of(
            AuditAction.DEVICE_DECIDE,
            AuditResult.DENIED,
            AuditSubject.of(AuditSubject.Kind.DEVICE).withName("0781:5583:4C530001"));
    long start = System.nanoTime();
    try (AuditLog log = AuditLog.open(Path.of(args[0]), settings)) {
      List<AuditReceipt> receipts = new ArrayList<>();
      for (int i = 0; i < events; i++) {
        receipts.add(log.submit(event));
      }
      for (AuditReceipt receipt : receipts) {
        receipt.await();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT, "%d events in %.2f s: %.0f a second%n", events, seconds, events / seconds);
  }
}
