/**
 * What the guard does between an event and a decision. So far: the facts of one drive, put together
 * from the register and from what was seen of it, in the words of a policy. May be imported from
 * outside core.
 */
@NullMarked
package uk.usbguard.core.guard;

import org.jspecify.annotations.NullMarked;
