package uk.usbguard.core.registry;

import java.time.Clock;
import java.time.Duration;

/**
 * What a register needs besides its address.
 *
 * @param patience how long to wait for another process or a server
 */
public record RegisterEnvironment(Clock clock, RegisterListener listener, Duration patience) {

  /** As long as a person waits. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);
}
