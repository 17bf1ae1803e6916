package uk.usbguard.core.device;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import uk.usbguard.core.device.UsbInterface.Endpoint;

/** Judges a set of interfaces; the order of the questions is the meaning. */
final class Interfaces {

  private static final int AUDIO = 0x01;
  private static final int COMMUNICATION = 0x02;
  private static final int INPUT = 0x03;
  private static final int IMAGE = 0x06;
  private static final int PRINTER = 0x07;
  private static final int STORAGE = 0x08;
  private static final int HUB = 0x09;
  private static final int COMMUNICATION_DATA = 0x0A;
  private static final int SMART_CARD = 0x0B;
  private static final int VIDEO = 0x0E;
  private static final int HEALTH = 0x0F;
  private static final int WIRELESS = 0xE0;
  private static final int VENDOR = 0xFF;

  /** 05 physical, 0d security, 10 AV, 11 billboard, 12 Type-C bridge, 3c I3C, dc, ef, fe. */
  private static final Set<Integer> OTHERS_WITHOUT_DATA =
      Set.of(0x05, 0x0D, 0x10, 0x11, 0x12, 0x3C, 0xDC, 0xEF, 0xFE);

  private static final Set<Integer> WITHOUT_DATA = withoutData();

  /** ECM, NCM, EEM, MBIM. */
  private static final Set<Integer> NETWORK_MODELS = Set.of(0x06, 0x0C, 0x0D, 0x0E);

  private final List<UsbInterface> all;
  private final ShapeHints hints;
  private final Set<Integer> bases = new TreeSet<>();

  Interfaces(List<UsbInterface> all, ShapeHints hints) {
    this.all = all;
    this.hints = hints;
    all.forEach(one -> bases.add(one.type().base()));
  }

  DeviceShape shape() {
    boolean storage = bases.contains(STORAGE);
    boolean transfer = bases.contains(IMAGE) || isNamedMtp();
    boolean odd = all.isEmpty() || all.stream().anyMatch(this::isOdd);
    if (bases.contains(INPUT)
        && (storage || transfer || all.stream().anyMatch(this::isDisguised))) {
      return DeviceShape.STORAGE_WITH_INPUT;
    }
    if (transfer) {
      return DeviceShape.PHONE_OR_CAMERA;
    }
    if (storage) {
      return withStorage();
    }
    return odd ? DeviceShape.UNKNOWN : withoutStorage();
  }

  private DeviceShape withStorage() {
    if (bases.size() == 1) {
      if (hints.optical()) {
        return DeviceShape.OPTICAL;
      }
      return hints.removableMedium() ? DeviceShape.CARD_READER : DeviceShape.STORAGE;
    }
    return bases.equals(Set.of(STORAGE, AUDIO))
        ? DeviceShape.RECORDER
        : DeviceShape.STORAGE_COMPOSITE;
  }

  private DeviceShape withoutStorage() {
    Set<Integer> known = new TreeSet<>(bases);
    known.remove(VENDOR);
    if (known.isEmpty()) {
      return DeviceShape.VENDOR_SPECIFIC;
    }
    if (Set.of(VIDEO, AUDIO, INPUT).containsAll(known)) {
      return known.contains(VIDEO)
          ? DeviceShape.VIDEO
          : known.contains(AUDIO) ? DeviceShape.AUDIO : DeviceShape.INPUT;
    }
    if (Set.of(COMMUNICATION, COMMUNICATION_DATA, WIRELESS).containsAll(known)) {
      return all.stream().anyMatch(Interfaces::isNetwork)
          ? DeviceShape.NETWORK
          : DeviceShape.COMMUNICATION;
    }
    return known.size() == 1 ? single(known.iterator().next()) : DeviceShape.PERIPHERAL;
  }

  private static DeviceShape single(int base) {
    return switch (base) {
      case PRINTER -> DeviceShape.PRINTER;
      case HUB -> DeviceShape.HUB;
      case SMART_CARD -> DeviceShape.SMART_CARD;
      case HEALTH -> DeviceShape.HEALTH;
      default -> DeviceShape.PERIPHERAL;
    };
  }

  private static boolean isNetwork(UsbInterface one) {
    InterfaceClass type = one.type();
    return (type.base() == COMMUNICATION && NETWORK_MODELS.contains(type.sub()))
        || type.equals(new InterfaceClass(WIRELESS, 0x01, 0x03)); // RNDIS
  }

  private boolean isNamedMtp() {
    return bases.contains(VENDOR)
        && hints.interfaceNames().stream()
            .anyMatch(name -> name.toUpperCase(Locale.ROOT).contains("MTP"));
  }

  private boolean isOdd(UsbInterface one) {
    int base = one.type().base();
    return base == VENDOR ? isDisguised(one) : !WITHOUT_DATA.contains(base);
  }

  /** A vendor's own class, but subclass and protocol, or the pipes, of what bears data. */
  private boolean isDisguised(UsbInterface one) {
    InterfaceClass type = one.type();
    if (type.base() != VENDOR) {
      return false;
    }
    boolean scsi = type.sub() == 0x06 && (type.protocol() == 0x50 || type.protocol() == 0x62);
    boolean mtp = type.sub() == 0xFF && type.protocol() == 0x00 && hasPipesOfMtp(one);
    return scsi || mtp;
  }

  private static boolean hasPipesOfMtp(UsbInterface one) {
    return one.endpoints().size() == 3
        && one.endpoints()
            .containsAll(List.of(Endpoint.BULK_IN, Endpoint.BULK_OUT, Endpoint.INTERRUPT_IN));
  }

  private static Set<Integer> withoutData() {
    Set<Integer> known = new TreeSet<>(OTHERS_WITHOUT_DATA);
    known.addAll(List.of(AUDIO, COMMUNICATION, INPUT, PRINTER, HUB, COMMUNICATION_DATA));
    known.addAll(List.of(SMART_CARD, VIDEO, HEALTH, WIRELESS));
    return Set.copyOf(known);
  }
}
