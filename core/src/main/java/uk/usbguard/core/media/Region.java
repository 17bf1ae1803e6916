package uk.usbguard.core.media;

/** Bytes that are judged together, addressed from their own start. */
interface Region {

  /** Where it starts on the medium, for the report. */
  long start();

  long length();

  /** Bytes from an offset on; what lies outside of the region reads as zero. */
  Block at(long offset, int wanted) throws ReadFailedException;
}
