package uk.usbguard.core.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;

/**
 * Checks one input, and what checking it cost. Time is the thread's own on the processor, so that a
 * busy machine makes nothing fail; an input that costs too much has to do so three times.
 */
final class Guard {

  private static final long MOST_NANOS = 1_000_000_000L;
  private static final int SHOWN = 4_096;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Guard() {}

  static void check(FuzzTarget target, byte[] input) {
    long bytes = Long.MAX_VALUE;
    long nanos = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 3; attempt++) {
      long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
      long nanosBefore = THREADS.getCurrentThreadCpuTime();
      run(target, input);
      nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - nanosBefore);
      bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - bytesBefore);
      if (nanos <= MOST_NANOS && bytes <= target.mostAllocated()) {
        return;
      }
    }
    throw new AssertionError(
        target + ": " + nanos + " ns, " + bytes + " bytes for " + shown(input));
  }

  private static void run(FuzzTarget target, byte[] input) {
    try {
      target.check(input.clone());
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(target + ": " + e + " for " + shown(input), e);
    }
  }

  private static String shown(byte[] input) {
    String hex = HexFormat.of().formatHex(input, 0, Math.min(SHOWN, input.length));
    return input.length + " bytes " + hex;
  }
}
