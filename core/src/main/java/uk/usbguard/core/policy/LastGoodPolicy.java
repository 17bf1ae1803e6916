package uk.usbguard.core.policy;

import java.io.IOException;
import java.util.Optional;

/** Port: the copy of the policy that was in force last, kept where staff cannot write. */
public interface LastGoodPolicy {

  /** The copy, if there is one. It is verified again before it is used. */
  Optional<SignedPolicy> read() throws IOException;

  /** The key by which it was genuine when it was kept; empty if that is not known. */
  Optional<SignatureCheck> key() throws IOException;

  /** Keeps this and its key instead, all of it or nothing. */
  void keep(SignedPolicy policy, SignatureCheck key) throws IOException;
}
