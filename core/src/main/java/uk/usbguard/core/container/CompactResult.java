package uk.usbguard.core.container;

/**
 * What compaction did.
 *
 * @param bytesBefore length of the container's files before
 * @param bytesAfter and after
 * @param bytesMoved content that had to be moved
 * @param complete false if it was stopped early: what it had gained by then stays gained
 */
public record CompactResult(long bytesBefore, long bytesAfter, long bytesMoved, boolean complete) {}
