package uk.usbguard.core.container;

/**
 * How much was removed.
 *
 * @param complete false if it was stopped early: the names are gone all the same, but what was
 *     under some of them is not counted here and is freed by whoever changes the container next
 */
public record RemoveResult(long files, long folders, long bytes, boolean complete) {}
