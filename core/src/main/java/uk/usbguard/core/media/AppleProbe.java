package uk.usbguard.core.media;

/** HFS and HFS+, with the spare header in the last but one kilobyte. */
final class AppleProbe implements Probe {

  private static final int HEADER = 512;

  @Override
  public void look(Region region, Sightings found) throws ReadFailedException {
    header(region, 1024, true, found);
    header(region, region.length() - 1024, false, found);
  }

  private static void header(Region region, long offset, boolean primary, Sightings found)
      throws ReadFailedException {
    Block header = region.at(offset, HEADER);
    boolean plus =
        ((header.has(0, "H+") && header.u16be(2) == 4)
                || (header.has(0, "HX") && header.u16be(2) == 5))
            && Block.isPower(header.u32be(40), 512, 1L << 30)
            && header.u32be(44) > 0;
    boolean classic =
        header.has(0, "BD")
            && header.u32be(20) > 0
            && header.u32be(20) % 512 == 0
            && header.u16be(18) > 0
            && header.u8(36) <= 27;
    if (!plus && !classic) {
      return;
    }
    Format format = plus ? Format.HFS_PLUS : Format.HFS;
    if (primary) {
      found.sound(format, offset);
    } else {
      found.remains(format, offset);
    }
  }
}
