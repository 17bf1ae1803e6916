package uk.usbguard.core.container;

/**
 * What writing cost since the container was opened.
 *
 * @param commits that reached the medium
 * @param forces one for each commit and file touched
 * @param growths times the files had to be made longer, each with a force of its own
 * @param bytesWritten to the medium
 * @param payloadBytes of file content taken in
 */
public record WriteStatistics(
    long commits, long forces, long growths, long bytesWritten, long payloadBytes) {}
