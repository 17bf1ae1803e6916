package uk.usbguard.cli.command;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.console.Progress;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.text.Quantity;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.ByteRange;
import uk.usbguard.core.container.ByteSink;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.FileReader;
import uk.usbguard.core.error.DamagedContainerException;
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
      write(opened.openFile(wanted), wanted, bench.terminal().rawOut());
    }
  }

  /** What was handed over ends where the first extent begins that does not verify. */
  private CommandException damaged(ContainerPath wanted, ByteRange range) {
    return new CommandException(
        ExitCode.DAMAGED,
        "damaged-file",
        Printable.name(wanted.toString()),
        Printable.name(container),
        Quantity.place(range.start()),
        Quantity.place(range.end()));
  }

  /** With a progress bar, unless what is written goes to the terminal itself. */
  private void write(FileReader reader, ContainerPath wanted, OutputStream out)
      throws IOException, UsbguardException {
    Progress progress = bench.terminal().outIsTerminal() ? Progress.NONE : options.progress(bench);
    AtomicLong done = new AtomicLong();
    ByteSink sink = ByteSink.of(out);
    try {
      reader.transferTo(
          bytes -> {
            int length = bytes.remaining();
            sink.write(bytes);
            progress.advanced(done.addAndGet(length), reader.size());
          });
    } catch (DamagedContainerException e) {
      throw damaged(wanted, reader.sealedWith(done.get()));
    } finally {
      progress.finished();
    }
  }
}
