package uk.usbguard.core.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.error.EntryException.Reason;
import uk.usbguard.core.format.Names;

/** A path inside a container: valid names from the root on, as they were given. */
public final class ContainerPath {

  /** The root folder. */
  public static final ContainerPath ROOT = new ContainerPath(List.of());

  private final List<String> names;

  private ContainerPath(List<String> names) {
    this.names = names;
  }

  /**
   * Reads a path whose names are separated by {@code /}; a slash at either end changes nothing.
   *
   * @throws EntryException if a name is not allowed
   */
  public static ContainerPath parse(String text) throws EntryException {
    List<String> names = new ArrayList<>();
    for (String name : text.split("/", -1)) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(allowed(names, name));
      }
    }
    return new ContainerPath(List.copyOf(names));
  }

  /** True if the format allows such a name. */
  public static boolean isAllowed(String name) {
    return Names.check(name).isEmpty();
  }

  /** What two names that count as the same have in common. */
  public static String fold(String name) {
    return Names.fold(name);
  }

  /**
   * A path one name longer.
   *
   * @throws EntryException if the name is not allowed
   */
  public ContainerPath child(String name) throws EntryException {
    List<String> longer = new ArrayList<>(names);
    longer.add(allowed(names, name));
    return new ContainerPath(List.copyOf(longer));
  }

  private static String allowed(List<String> above, String name) throws EntryException {
    if (isAllowed(name)) {
      return name;
    }
    List<String> refused = new ArrayList<>(above);
    refused.add(name);
    throw new EntryException(Reason.NAME_REFUSED, new ContainerPath(refused).toString());
  }

  /** True for the root folder. */
  public boolean isRoot() {
    return names.isEmpty();
  }

  /** The folder above; the root's is the root. */
  public ContainerPath parent() {
    return names.size() <= 1 ? ROOT : new ContainerPath(names.subList(0, names.size() - 1));
  }

  /** The last name, nothing for the root. */
  public Optional<String> name() {
    return names.isEmpty() ? Optional.empty() : Optional.of(names.get(names.size() - 1));
  }

  /** All names. */
  public List<String> names() {
    return names;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContainerPath that && normal().equals(that.normal());
  }

  @Override
  public int hashCode() {
    return normal().hashCode();
  }

  /** One accent can be written in two ways; the names are the same. */
  private List<String> normal() {
    return names.stream().map(Names::normalise).toList();
  }

  /** Slash in front, as people see it; never for a log. */
  @Override
  public String toString() {
    return "/" + String.join("/", names);
  }
}
