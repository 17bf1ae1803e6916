/** Words, sizes and times for people. Knows nothing of containers; everything in cli may use it. */
@NullMarked
package uk.usbguard.cli.text;

import org.jspecify.annotations.NullMarked;
