package uk.usbguard.core.registry;

import java.util.List;
import uk.usbguard.core.error.UsbguardException;

/** The register's rules say no. Nothing was changed. */
public final class RegisterRefusedException extends UsbguardException {

  private static final long serialVersionUID = 1L;
  private final Refusal refusal;
  private final transient List<String> facts;

  /** Takes the reason and the facts it names, which the message leaves out. */
  public RegisterRefusedException(Refusal refusal, String... facts) {
    super("register: " + refusal, null);
    this.refusal = refusal;
    this.facts = List.of(facts);
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }

  /** What the refusal's description lists, for the person who asked; never for a log. */
  public List<String> facts() {
    return facts;
  }
}
