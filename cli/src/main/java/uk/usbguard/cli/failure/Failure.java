package uk.usbguard.cli.failure;

/**
 * A failure as it is shown.
 *
 * @param id stable, for scripts
 * @param message what happened
 * @param hint what to do now
 */
public record Failure(ExitCode code, String id, String message, String hint) {}
