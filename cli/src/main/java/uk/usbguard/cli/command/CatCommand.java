package uk.usbguard.cli.command;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.console.Progress;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.FileReader;
import uk.usbguard.core.error.UsbguardException;

/** Writes a file of the container to standard output, without a copy on any disk. */
@Command(name = "cat")
final class CatCommand extends ContainerCommand {

  @Parameters(index = "1", paramLabel = "PATH", descriptionKey = "path")
  private String path = "";

  CatCommand(Workbench bench) {
    super(bench, AuditAction.CONTAINER_READ);
  }

  @Override
  void run(Output output) throws Exception {
    ContainerPath wanted = ContainerPath.parse(path);
    try (Container opened = openToRead(output)) {
      bench.terminal().out().flush();
      write(opened.openFile(wanted), bench.terminal().rawOut());
    }
  }

  /** With a progress bar, unless what is written goes to the terminal itself. */
  private void write(FileReader reader, OutputStream out) throws IOException, UsbguardException {
    Progress progress = bench.terminal().outIsTerminal() ? Progress.NONE : options.progress(bench);
    AtomicLong done = new AtomicLong();
    try {
      reader.transferTo(
          (bytes, offset, length) -> {
            out.write(bytes, offset, length);
            progress.advanced(done.addAndGet(length), reader.size());
          });
    } finally {
      progress.finished();
    }
  }
}
