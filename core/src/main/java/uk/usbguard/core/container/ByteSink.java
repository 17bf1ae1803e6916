package uk.usbguard.core.container;

import java.io.IOException;

/** Takes bytes in order. */
@FunctionalInterface
public interface ByteSink {

  /** Takes some bytes, which are the caller's again afterwards. */
  void write(byte[] bytes, int offset, int length) throws IOException;
}
