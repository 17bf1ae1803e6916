package uk.usbguard.core.policy;

/** A policy file and the signature beside it, as they were read: nothing of it is believed yet. */
public final class SignedPolicy {

  private final byte[] file;
  private final byte[] signature;

  /** Keeps its own copies. */
  public SignedPolicy(byte[] file, byte[] signature) {
    this.file = file.clone();
    this.signature = signature.clone();
  }

  /** The policy file. */
  public byte[] file() {
    return file.clone();
  }

  /** The signature file. */
  public byte[] signature() {
    return signature.clone();
  }
}
