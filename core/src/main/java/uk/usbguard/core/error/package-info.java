/**
 * The exceptions that core throws on purpose. They are checked, carry facts and leave the sentence
 * to the front ends. Every package of core may use this one; it uses none.
 */
@NullMarked
package uk.usbguard.core.error;

import org.jspecify.annotations.NullMarked;
