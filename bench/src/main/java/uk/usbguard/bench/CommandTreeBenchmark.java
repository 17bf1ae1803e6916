package uk.usbguard.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import picocli.CommandLine;
import uk.usbguard.cli.UsbguardCommand;

/** What reading the command annotations costs: a part of every start. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CommandTreeBenchmark {

  @Benchmark
  public CommandLine buildsTheCommandTree() {
    return new CommandLine(new UsbguardCommand());
  }
}
