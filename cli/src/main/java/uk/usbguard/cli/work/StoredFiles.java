package uk.usbguard.cli.work;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Entry;
import uk.usbguard.core.container.FileReader;
import uk.usbguard.core.error.ContainerException;

/** What the container has already, held against the sources of an import. */
final class StoredFiles {

  private final Container container;

  StoredFiles(Container container) {
    this.container = container;
  }

  /** Whether an entry has exactly this name: letters of another case are another name. */
  static boolean isCalled(Entry entry, String name) {
    return nfc(entry.name()).equals(nfc(name));
  }

  private static String nfc(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /**
   * Whether a source has the bytes that are stored under the path; not if it has gone.
   *
   * @param content what was read ahead of it; null if it is to be read as a stream
   */
  boolean isSame(SourceItem item, @Nullable FileContent content, ContainerPath path, Entry existing)
      throws IOException, ContainerException {
    long size = content == null ? sizeNow(item) : content.length();
    boolean mayHaveMore = content == null && size == 0;
    if (size != existing.size() && !mayHaveMore) {
      return false;
    }
    FileReader stored = container.openFile(path);
    try (InputStream plain =
        content == null
            ? Files.newInputStream(item.file(), LinkOption.NOFOLLOW_LINKS)
            : content.open()) {
      return ContentComparison.isSame(plain, stored);
    } catch (NoSuchFileException e) {
      return false; // the source has gone: whoever reads it next says so
    }
  }

  private static long sizeNow(SourceItem item) throws IOException {
    try {
      return Files.size(item.file());
    } catch (NoSuchFileException e) {
      return item.entry().size();
    }
  }
}
