package uk.usbguard.cli.command;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.registry.DeviceFilter;

/** Which drives are meant. */
final class FilterOptions {

  @Option(names = "--owner", paramLabel = "PERSON", descriptionKey = "filter-owner")
  private @Nullable String owner;

  @Option(names = "--manager", paramLabel = "PERSON", descriptionKey = "filter-manager")
  private @Nullable String manager;

  @Option(names = "--organisation", paramLabel = "NAME", descriptionKey = "filter-organisation")
  private @Nullable String organisation;

  @Option(names = "--state", paramLabel = "STATE", split = ",", descriptionKey = "filter-state")
  private List<String> states = new ArrayList<>();

  @Option(names = "--search", paramLabel = "TEXT", descriptionKey = "filter-search")
  private @Nullable String text;

  @Option(names = "--weak-serial", descriptionKey = "filter-weak")
  private boolean weak;

  DeviceFilter filter() throws CommandException {
    Set<LifecycleState> wanted = EnumSet.noneOf(LifecycleState.class);
    for (String state : states) {
      try {
        wanted.add(LifecycleState.valueOf(state.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new CommandException(ExitCode.USAGE, "no-state", Printable.name(state));
      }
    }
    return new DeviceFilter(owner, manager, organisation, wanted, text, weak);
  }
}
