/** Exit codes, and what an exception means to a person and to a script. */
@NullMarked
package uk.usbguard.cli.failure;

import org.jspecify.annotations.NullMarked;
