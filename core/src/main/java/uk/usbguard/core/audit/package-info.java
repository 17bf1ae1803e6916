/**
 * The audit log: who did what, when, and how it ended, in a chain that cannot be changed, shortened
 * or reordered unnoticed, as far as docs/audit.md says. One {@link uk.usbguard.core.audit.AuditLog}
 * writes, any number of readers verify, show and export. Holds no secret and no clear file name.
 */
@NullMarked
package uk.usbguard.core.audit;

import org.jspecify.annotations.NullMarked;
