/** The terminal: prompts, secrets, progress, Ctrl-C. Knows no command. */
@NullMarked
package uk.usbguard.cli.console;

import org.jspecify.annotations.NullMarked;
