package uk.usbguard.core.container;

/** Bytes of a file, from the first to the one before the end. */
public record ByteRange(long start, long end) {}
