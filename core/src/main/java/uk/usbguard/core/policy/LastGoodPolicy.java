package uk.usbguard.core.policy;

import java.io.IOException;
import java.util.Optional;

/** Port: the copy of the policy that was in force last, kept where staff cannot write. */
public interface LastGoodPolicy {

  /** The copy, if there is one. It is verified again before it is used. */
  Optional<SignedPolicy> read() throws IOException;

  /** Keeps this instead, all of it or nothing. */
  void keep(SignedPolicy policy) throws IOException;
}
