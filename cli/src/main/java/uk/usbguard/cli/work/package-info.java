/**
 * What the commands do: storing and taking out whole trees. Knows the container, the disk and the
 * result records, and neither picocli nor the terminal.
 */
@NullMarked
package uk.usbguard.cli.work;

import org.jspecify.annotations.NullMarked;
