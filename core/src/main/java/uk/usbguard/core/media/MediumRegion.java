package uk.usbguard.core.media;

/** A stretch of the medium. */
final class MediumRegion implements Region {

  private final PageReader reader;
  private final long start;
  private final long length;

  MediumRegion(PageReader reader, long start, long length) {
    this.reader = reader;
    this.start = start;
    this.length = length;
  }

  @Override
  public long start() {
    return start;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public Block at(long offset, int wanted) throws ReadFailedException {
    if (offset < 0 || offset >= length) {
      return new Block(new byte[wanted]);
    }
    int inside = (int) Math.min(wanted, length - offset);
    Block found = reader.read(start + offset, inside);
    return inside == wanted ? found : found.part(0, wanted);
  }
}
