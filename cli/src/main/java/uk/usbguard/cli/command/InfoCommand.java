package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.work.Facts;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.Containers;

/** What the header claims, or with a key what is so. */
@Command(name = "info")
final class InfoCommand extends ContainerCommand {

  @Option(names = "--unlock", descriptionKey = "info-unlock")
  private boolean unlock;

  InfoCommand(Workbench bench) {
    super(bench, AuditAction.CONTAINER_READ);
  }

  @Override
  void run(Output output) throws Exception {
    if (!unlock && !key.isGiven()) {
      output.result(Facts.claimed(container, Containers.claims(containerPath())));
      return;
    }
    try (Container opened = openToRead(output)) {
      output.result(Facts.verified(container, opened.info()));
      new ContainerAccess(bench, output, containerPath(), container).warnOfKeyAge(opened);
    }
  }
}
