package uk.usbguard.cli.failure;

import java.util.List;
import uk.usbguard.core.error.UsbguardException;

/**
 * The command line itself refuses. Its sentences stand under error.ID.message and error.ID.hint.
 */
public final class CommandException extends UsbguardException {

  private static final long serialVersionUID = 1L;

  private final ExitCode code;
  private final String id;
  private final transient List<Object> facts;

  /** Takes the facts of the sentences, which are shown and never logged. */
  public CommandException(ExitCode code, String id, Object... facts) {
    super("command: " + id, null);
    this.code = code;
    this.id = id;
    this.facts = List.of(facts);
  }

  public ExitCode code() {
    return code;
  }

  public String id() {
    return id;
  }

  public List<Object> facts() {
    return facts;
  }
}
