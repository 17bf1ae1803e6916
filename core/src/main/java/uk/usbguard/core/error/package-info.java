/**
 * What can go wrong, as one checked tree. Exceptions carry facts; front ends make sentences from
 * them. No message of this package holds a passphrase, a key or the name of a file in a container.
 */
@NullMarked
package uk.usbguard.core.error;

import org.jspecify.annotations.NullMarked;
