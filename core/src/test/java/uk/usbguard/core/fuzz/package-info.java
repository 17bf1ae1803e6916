/**
 * Every parser of hostile input under random input. {@link uk.usbguard.core.fuzz.FuzzTarget} says
 * what has to hold; a seeded driver of our own runs in every build, Jazzer's guided one at night.
 */
package uk.usbguard.core.fuzz;
