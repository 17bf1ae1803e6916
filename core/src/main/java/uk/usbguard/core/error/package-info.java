/** What can go wrong, as types: front ends make sentences of them. May be used from everywhere. */
@NullMarked
package uk.usbguard.core.error;

import org.jspecify.annotations.NullMarked;
