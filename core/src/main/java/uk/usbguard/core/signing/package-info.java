/**
 * Signing keys, kept sealed or for a service, and detached signatures over files: policy, register,
 * bundle, certificate and audit checkpoints. A signature is made for one purpose and is worth
 * nothing for another. Used by front ends, audit, bundle and whoever has to know that a file is the
 * organisation's.
 */
@NullMarked
package uk.usbguard.core.signing;

import org.jspecify.annotations.NullMarked;
