/**
 * Passphrases and keys in memory: closed by whoever made them, wiped when closed, lent for the
 * length of one call, and never printed. Every other package handles secrets through these types
 * only. Wiping is best effort: the garbage collector may have copied an array before, and what the
 * callee of a lent array does with it is not seen here.
 */
@NullMarked
package uk.usbguard.core.secret;

import org.jspecify.annotations.NullMarked;
