package uk.usbguard.core.audit;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process that records events and says which are recorded, until it is killed. */
final class BusyWriter {

  private BusyWriter() {}

  public static void main(String[] args) throws Exception {
    AuditSettings settings =
        AuditSettings.of(Clock.systemUTC(), SecureRandom::new, Logs.ORIGIN, HeadMemory.NONE)
            .withLimits(
                new AuditSettings.Limits(
                    50, Duration.ofMillis(20), 32 * 1024, Duration.ofSeconds(10)));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    try (AuditLog log = AuditLog.open(Path.of(args[0]), settings)) {
      for (int i = 0; i < 100_000; i += 20) {
        List<AuditReceipt> receipts = new ArrayList<>();
        for (int j = i; j < i + 20; j++) {
          receipts.add(
              log.submit(
                  AuditEvent.of(
                      AuditAction.DEVICE_DECIDE,
                      AuditResult.DENIED,
                      AuditSubject.of(AuditSubject.Kind.DEVICE).withId(args[1] + "-" + j))));
        }
        for (int j = i; j < i + 20; j++) {
          receipts.get(j - i).await();
          out.println(args[1] + "-" + j);
        }
      }
    }
  }
}
