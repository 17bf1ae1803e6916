package uk.usbguard.core.policy;

/** Port: whether the organisation signed a file. Keys and algorithms are not this package's. */
@FunctionalInterface
public interface SignatureCheck {

  /** True if the signature is the organisation's, for a policy, over every byte of the file. */
  boolean isGenuine(byte[] file, byte[] signature);

  /** The public key that it holds signatures against; the same bytes for the same key. */
  default byte[] key() {
    return new byte[0];
  }
}
