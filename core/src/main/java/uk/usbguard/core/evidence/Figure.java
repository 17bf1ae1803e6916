package uk.usbguard.core.evidence;

/**
 * One fact of a section.
 *
 * @param name what it is, such as {@code lost-now}; it never changes
 */
public record Figure(String name, Value value) {}
