package uk.usbguard.cli.work;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder on its way into the container.
 *
 * @param parent where it goes
 * @param own for a folder: what its children have as parent
 * @param twin which of the siblings with the same folded name it is
 * @param content for a small file: what is being read ahead
 * @param permits what it holds of the read-ahead's budget
 */
record SourceItem(
    Path file,
    DiskName name,
    DiskEntry entry,
    Place parent,
    @Nullable Place own,
    Twin twin,
    @Nullable Future<Optional<FileContent>> content,
    int permits) {

  boolean isFolder() {
    return own != null;
  }
}
