/**
 * The encrypted container: made, opened, read and changed here. {@link
 * uk.usbguard.core.container.Containers} is the way in, {@link
 * uk.usbguard.core.container.Container} what it gives.
 */
@NullMarked
package uk.usbguard.core.container;

import org.jspecify.annotations.NullMarked;
