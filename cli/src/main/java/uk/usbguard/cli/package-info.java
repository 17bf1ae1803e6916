/** The {@code usbguard} command: wires the objects, starts picocli, ends with the exit code. */
@NullMarked
package uk.usbguard.cli;

import org.jspecify.annotations.NullMarked;
