/** The recovery key on paper. The only place that knows QR codes. */
@NullMarked
package uk.usbguard.cli.sheet;

import org.jspecify.annotations.NullMarked;
