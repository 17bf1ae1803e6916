package uk.usbguard.core.format;

import java.util.Optional;

/**
 * An object without a name: a file being written or a tree being removed. The next writer removes
 * what hangs on it.
 *
 * @param object what it is
 */
public record Orphan(ObjectKind object) implements Value {

  static final int ENCODED_LENGTH = 1;

  @Override
  public Key.Kind keyKind() {
    return Key.Kind.ORPHAN;
  }

  @Override
  public int encodedLength() {
    return ENCODED_LENGTH;
  }

  @Override
  public Optional<EpochSalt> epoch() {
    return Optional.empty();
  }
}
