package uk.usbguard.core.container;

/** How much was removed. */
public record RemoveResult(long files, long folders, long bytes) {}
