/** One class for a command: its options, one call of a service, one rendering. */
@NullMarked
package uk.usbguard.cli.command;

import org.jspecify.annotations.NullMarked;
