package uk.usbguard.cli.work;

/**
 * Which one an entry is of those beside it whose names count as the same.
 *
 * @param number from 1 on
 * @param alone there is no other
 */
record Twin(int number, boolean alone) {}
