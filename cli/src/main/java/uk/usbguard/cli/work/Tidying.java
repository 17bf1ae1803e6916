package uk.usbguard.cli.work;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Change;
import uk.usbguard.cli.render.Removed;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Entry;
import uk.usbguard.core.container.FileMeta;
import uk.usbguard.core.container.RemoveResult;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.EntryException;

/** Removing, renaming and making folders inside a container. */
public final class Tidying {

  private final Container container;
  private final String name;

  /** Takes the container and the name it has in results. */
  public Tidying(Container container, String name) {
    this.container = container;
    this.name = name;
  }

  /**
   * All or, if one of them is missing or a folder and not meant to be, none. Whoever stops it has
   * the ones that are named in the result removed, and no other.
   */
  public Removed remove(List<ContainerPath> paths, boolean recursive, Surroundings surroundings)
      throws IOException, ContainerException {
    for (ContainerPath path : paths) {
      Entry entry = container.require(path);
      if (entry.isFolder() && !recursive) {
        throw new EntryException(EntryException.Reason.NOT_A_FILE, path.toString());
      }
    }
    long files = 0;
    long folders = 0;
    long bytes = 0;
    boolean complete = true;
    List<String> gone = new ArrayList<>();
    for (ContainerPath path : paths) {
      if (surroundings.cancelled().getAsBoolean()) {
        complete = false;
        break;
      }
      if (container.find(path).isPresent()) { // it may have gone with a folder above it
        long before = bytes;
        RemoveResult removed =
            container.removeTree(
                path, (more, total) -> surroundings.progress().advanced(before + more, -1));
        files += removed.files();
        folders += removed.folders();
        bytes += removed.bytes();
        complete = complete && removed.complete();
      }
      gone.add(path.toString());
    }
    return new Removed(name, gone, files, folders, !complete);
  }

  /** To a new name, or into a folder that is there. */
  public Change move(ContainerPath from, ContainerPath to) throws IOException, ContainerException {
    container.require(from);
    Optional<Entry> there = container.find(to);
    boolean intoFolder =
        to.equals(ContainerPath.ROOT)
            || (there.isPresent() && there.get().isFolder() && !to.equals(from));
    ContainerPath target = intoFolder ? to.child(from.name().orElse("")) : to;
    container.rename(from, target);
    return new Change("mv", name, List.of(from.toString(), target.toString()), 0, 0);
  }

  /** One folder, or with parents all that are missing; these may be there already. */
  public Change makeFolder(ContainerPath path, boolean parents, Instant now)
      throws IOException, ContainerException, CommandException {
    if (parents) {
      container.makeFolders(path);
    } else if (container.find(path.parent()).isEmpty()) {
      throw new CommandException(
          ExitCode.NOT_FOUND, "no-folder-above", Printable.name(path.parent().toString()));
    } else {
      container.makeFolder(path, FileMeta.at(now));
    }
    return new Change("mkdir", name, List.of(path.toString()), 0, 1);
  }
}
