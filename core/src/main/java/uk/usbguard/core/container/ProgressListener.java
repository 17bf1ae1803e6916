package uk.usbguard.core.container;

/**
 * Hears how work goes on; called on the working thread, so it has to be quick. Work that only
 * reads, and a repair, it may end by throwing a {@link java.util.concurrent.CancellationException}.
 */
@FunctionalInterface
public interface ProgressListener {

  /** So many bytes are done of so many, or of -1 if nobody knows. */
  void advanced(long bytes, long totalBytes);

  /** Nobody listens. */
  static ProgressListener none() {
    return (bytes, totalBytes) -> {};
  }
}
