package uk.usbguard.core.media;

/** Part of another region. */
record Part(Region whole, Span span) implements Region {

  @Override
  public long start() {
    return whole.start() + span.from();
  }

  @Override
  public long length() {
    return Math.max(0, Math.min(span.to(), whole.length()) - span.from());
  }

  @Override
  public Block at(long offset, int wanted) throws ReadFailedException {
    return offset < 0 || offset >= length()
        ? new Block(new byte[wanted])
        : whole.at(span.from() + offset, wanted);
  }
}
