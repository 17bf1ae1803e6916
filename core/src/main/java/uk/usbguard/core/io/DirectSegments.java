package uk.usbguard.core.io;

import java.io.IOException;
import java.util.Optional;

/** The files of a container that somebody has open already, read past the system's cache. */
final class DirectSegments implements SegmentSource {

  private final SegmentSource source;

  DirectSegments(SegmentSource source) {
    this.source = source;
  }

  @Override
  public Optional<BlockFile> open(int number) throws IOException {
    return source.openPastCache(number);
  }

  @Override
  public BlockFile create(int number) {
    throw new IllegalStateException("only for reading");
  }

  @Override
  public void delete(int number) {
    throw new IllegalStateException("only for reading");
  }

  @Override
  public long usableBytes() throws IOException {
    return source.usableBytes();
  }
}
