package uk.usbguard.core.error;

/** An entry of the container is missing, in the way, or of the wrong kind. */
public final class EntryException extends ContainerException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with the entry. */
  public enum Reason {
    /** Nothing has this name. */
    NO_SUCH_ENTRY,
    /** Something has this name already. */
    EXISTS,
    /** A folder is needed here. */
    NOT_A_FOLDER,
    /** A file is needed here. */
    NOT_A_FILE,
    /** The folder still has entries. */
    FOLDER_NOT_EMPTY,
    /** A folder cannot go into itself. */
    INTO_ITSELF,
    /** The format does not allow the name. */
    NAME_REFUSED
  }

  private final Reason reason;
  private final String path;

  /** Takes the reason and the path, which the message leaves out: paths can name patients. */
  public EntryException(Reason reason, String path) {
    super("entry: " + reason, null);
    this.reason = reason;
    this.path = path;
  }

  /** What is wrong with the entry. */
  public Reason reason() {
    return reason;
  }

  /** The path, for the person who asked; never for a log. */
  public String path() {
    return path;
  }
}
