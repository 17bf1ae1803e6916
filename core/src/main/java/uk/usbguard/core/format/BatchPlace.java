package uk.usbguard.core.format;

/** Where a batch lies. */
public record BatchPlace(long position, int length) {}
