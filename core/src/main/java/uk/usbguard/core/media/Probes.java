package uk.usbguard.core.media;

import java.util.List;

/** All that is looked for at every extent. */
final class Probes {

  /** What anybody can mount. */
  static final List<Probe> FILE_SYSTEMS =
      List.of(
          new DosProbe(), new LinuxProbe(), new AppleProbe(), new OpticalProbe(), new MagicProbe());

  /** What could protect it, and what hides what it holds. */
  static final List<Probe> CONTAINERS =
      List.of(
          new StackProbe(),
          new OtherTablesProbe(),
          new ApfsProbe(),
          new Luks1Probe(),
          new Luks2Probe(),
          new BitLockerProbe(),
          new UsbguardProbe());

  private Probes() {}
}
