package uk.usbguard.cli.work;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import uk.usbguard.cli.render.EntryLine;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Entry;
import uk.usbguard.core.container.EntryCursor;
import uk.usbguard.core.error.ContainerException;

/** Names of a container, streamed: a folder may hold millions. */
public final class Listing {

  private final Container container;
  private final boolean detailed;
  private final boolean recursive;

  public Listing(Container container, boolean detailed, boolean recursive) {
    this.container = container;
    this.detailed = detailed;
    this.recursive = recursive;
  }

  /** A file gives itself, a folder what is in it. */
  public void list(ContainerPath path, Consumer<EntryLine> lines)
      throws IOException, ContainerException {
    if (!path.equals(ContainerPath.ROOT)) {
      Entry entry = container.require(path);
      if (!entry.isFolder()) {
        lines.accept(line(path, entry));
        return;
      }
    }
    Deque<ContainerPath> open = new ArrayDeque<>();
    open.push(path);
    while (!open.isEmpty()) {
      List<ContainerPath> folders = folder(open.pop(), lines);
      for (int i = folders.size() - 1; i >= 0; i--) {
        open.push(folders.get(i));
      }
    }
  }

  private List<ContainerPath> folder(ContainerPath folder, Consumer<EntryLine> lines)
      throws IOException, ContainerException {
    List<ContainerPath> folders = new ArrayList<>();
    EntryCursor cursor = container.list(folder);
    while (cursor.advance()) {
      Entry entry = cursor.current();
      ContainerPath path = folder.child(entry.name());
      lines.accept(line(path, entry));
      if (recursive && entry.isFolder()) {
        folders.add(path);
      }
    }
    return folders;
  }

  private EntryLine line(ContainerPath path, Entry entry) {
    return new EntryLine(
        path.toString(),
        entry.name(),
        entry.kind().name().toLowerCase(Locale.ROOT),
        entry.size(),
        entry.modified(),
        entry.created(),
        entry.executable(),
        entry.readOnly(),
        recursive ? path.toString() : entry.name(),
        detailed);
  }
}
