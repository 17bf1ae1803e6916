/**
 * What information governance shows to others: facts out of the register and the audit log, in
 * sections that bear the numbers of the standards. Facts only: front ends make words and pages of
 * them. What the program does not record is said to be missing, never made up.
 */
@NullMarked
package uk.usbguard.core.evidence;

import org.jspecify.annotations.NullMarked;
