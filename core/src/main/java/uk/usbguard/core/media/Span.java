package uk.usbguard.core.media;

/** From one offset of a region to before another. */
record Span(long from, long to) {

  long length() {
    return to - from;
  }

  boolean touches(long start, long end) {
    return start < to && from < end;
  }
}
