package uk.usbguard.cli.render;

/**
 * What storing cost the medium, for whoever measures: only in JSON.
 *
 * @param commits that reached the medium
 * @param forces one for each commit and file touched
 * @param growths times a file had to be made longer, each with a force of its own
 * @param bytesWritten to the medium
 * @param payloadBytes of file content taken in
 */
public record Written(
    long commits, long forces, long growths, long bytesWritten, long payloadBytes) {}
