/**
 * What the program remembers on this PC: generations seen, and the log. Holds no names and no
 * secrets.
 */
@NullMarked
package uk.usbguard.cli.state;

import org.jspecify.annotations.NullMarked;
