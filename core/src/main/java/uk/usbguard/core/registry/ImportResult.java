package uk.usbguard.core.registry;

/**
 * What became of a file.
 *
 * @param added new entries
 * @param unchanged entries that were there, equal in every field
 * @param leftOut entries that were refused, or that are there and differ
 * @param sharedIdentities how many identities several entries in use now have
 * @param weakSerials how many of the new ones have a serial that does not tell them apart
 */
public record ImportResult(
    long added, long unchanged, long leftOut, long sharedIdentities, long weakSerials) {}
