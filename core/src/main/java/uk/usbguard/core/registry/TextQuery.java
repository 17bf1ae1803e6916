package uk.usbguard.core.registry;

/**
 * A query that takes one text.
 *
 * @param sql has one question mark
 * @param value is put in its place
 */
record TextQuery(String sql, String value) {}
