package uk.usbguard.cli.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.usbguard.cli.render.Change;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.SlotKind;

/** Empties a slot: what it held no longer opens the container. */
@Command(name = "remove")
final class KeyRemoveCommand extends ContainerCommand {

  @Option(names = "--slot", paramLabel = "N", required = true, descriptionKey = "slot")
  private int slot;

  @Option(names = "--yes", descriptionKey = "yes")
  private boolean yes;

  KeyRemoveCommand(Workbench bench) {
    super(bench, AuditAction.KEY_REMOVE);
  }

  @Override
  void run(Output output) throws Exception {
    confirm(yes, "confirm.key-remove");
    try (Container opened = openToWrite(output)) {
      opened.removeSlot(slot);
      if (opened.slots().stream().noneMatch(left -> left.kind() == SlotKind.RECOVERY)) {
        output.warning("no-recovery-left", shownName());
      }
    }
    output.result(new Change("key-remove", container, List.of(Integer.toString(slot)), 0, 0));
  }
}
