package uk.usbguard.core.error;

/** What was read is not what was written: a tag, a checksum or a structure is wrong. */
public final class DamagedContainerException extends ContainerException {

  private static final long serialVersionUID = 1L;

  /** Where in the format the damage is. */
  public enum Part {
    /** The fixed start of the file. */
    HEADER,
    /** Slots and their MAC. */
    KEY_AREA,
    /** The ring of root slots: no usable commit. */
    ROOT,
    /** A commit record, frame or trailer. */
    COMMIT,
    /** A node of the index. */
    INDEX,
    /** A record with file content. */
    DATA,
    /** A segment that is missing, too short or another container's. */
    SEGMENT
  }

  private final Part part;
  private final long position;

  /** Takes the part, its position (-1 if unknown) and a technical detail without names. */
  public DamagedContainerException(Part part, long position, String detail) {
    super(part + " at 0x" + Long.toHexString(position) + ": " + detail, null);
    this.part = part;
    this.position = position;
  }

  /** Which part is damaged. */
  public Part part() {
    return part;
  }

  /** Position in the container, or -1 if it is not known. */
  public long position() {
    return position;
  }
}
