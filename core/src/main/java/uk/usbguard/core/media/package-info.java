/**
 * What is really on a medium: partition tables, file systems, encryption; a verdict with its
 * evidence. Everything it reads is hostile until validated. May be imported from outside core.
 */
@NullMarked
package uk.usbguard.core.media;

import org.jspecify.annotations.NullMarked;
