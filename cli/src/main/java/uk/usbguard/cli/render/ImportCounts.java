package uk.usbguard.cli.render;

/**
 * Numbers of an import.
 *
 * @param files stored now
 * @param folders made now
 * @param bytes of the files stored now
 * @param unchanged files that were there already with the same content
 * @param removed plain copies removed
 */
public record ImportCounts(long files, long folders, long bytes, long unchanged, long removed) {}
