package uk.usbguard.core.secret;

import org.jspecify.annotations.Nullable;

/**
 * What is done with a lent secret. The array is a copy that lives as long as the call and is wiped
 * after it, so keeping a reference keeps zeros; the result must not be the array itself.
 *
 * @param <R> the result; {@code @Nullable Void} if there is none
 * @param <X> what may go wrong
 */
@FunctionalInterface
public interface Use<R extends @Nullable Object, X extends Exception> {

  R with(byte[] bytes) throws X;
}
