package uk.usbguard.core.format;

/**
 * The master key as a slot keeps it.
 *
 * @param salt what makes the same passphrase give another KEK in another slot
 * @param checkValue the half of the derivation that tells, before unwrapping, whether it is right
 * @param wrapped the master key under the KEK
 */
public record WrappedMasterKey(ByteString salt, ByteString checkValue, ByteString wrapped) {

  public WrappedMasterKey {
    Required.that(salt.length() == FormatLimits.SALT_LENGTH, "length of the salt");
    Required.that(
        checkValue.length() == FormatLimits.CHECK_VALUE_LENGTH, "length of the check value");
    Required.that(wrapped.length() == FormatLimits.WRAPPED_KEY_LENGTH, "length of the wrapped key");
  }
}
