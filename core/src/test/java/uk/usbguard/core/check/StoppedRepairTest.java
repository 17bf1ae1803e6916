package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.check.RepairStoppedException.Reached;
import uk.usbguard.core.container.ProgressListener;

@DisplayName("ENC-14: a repair that is stopped")
class StoppedRepairTest extends DamageCase {

  private static final List<String> NAMES = List.of("first", "second", "small");

  @Override
  int segmentMib() {
    return 4;
  }

  @Override
  void fill() throws Exception {
    session(container -> put(container, "first", bytes(1, 2_000_000)));
    session(container -> put(container, "second", bytes(2, 5_500_000)));
    session(container -> put(container, "small", bytes(4, 100)));
  }

  /** Ends the work when it is called for the time after so many. */
  private static ProgressListener after(int calls) {
    List<Long> heard = new ArrayList<>();
    return (done, total) -> {
      if (heard.size() == calls) {
        throw new CancellationException("enough");
      }
      heard.add(done);
    };
  }

  /** How far the work came, or nothing if it came to its end. */
  private static Optional<Reached> reached(Work work) throws Exception {
    try {
      work.run();
      return Optional.empty();
    } catch (RepairStoppedException e) {
      return Optional.of(e.reached());
    }
  }

  /** A repair or a salvage. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private Map<String, byte[]> disk() throws Exception {
    Map<String, byte[]> found = new TreeMap<>();
    try (Stream<Path> all = Files.list(fileSystem.getPath("/"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        found.put(file.toString(), Files.readAllBytes(file));
      }
    }
    return found;
  }

  @Test
  @DisplayName("leaves every file as it was, wherever it is stopped before its commit")
  void inPlace() throws Exception {
    zero(AREAS[0] + RING, 65_536);
    zero(AREAS[1] + RING, 65_536);
    Files.delete(path.resolveSibling("stick.ugc.001"));
    Map<String, byte[]> before = disk();

    int calls = 0;
    Optional<Reached> reached = stoppedAfter(calls);
    while (reached.equals(Optional.of(Reached.NOTHING))) {
      assertThat(disk()).as("stopped after %d", calls).containsExactlyEntriesOf(before);
      reached = stoppedAfter(++calls);
    }

    assertThat(calls).as("moments at which it can be stopped").isGreaterThan(4);
    assertThat(reached).contains(Reached.REPAIRED);
    assertThat(names()).isEqualTo(NAMES);
  }

  private Optional<Reached> stoppedAfter(int calls) throws Exception {
    return reached(() -> repair(after(calls)));
  }

  @Test
  @DisplayName("leaves no new container before it is put together, and then a whole one")
  void fromPieces() throws Exception {
    Map<String, byte[]> before = disk();
    Path to = fileSystem.getPath("/new.ugc");
    List<Path> pieces = List.of(path, path.resolveSibling("stick.ugc.001"));
    List<Reached> order = new ArrayList<>();

    for (int calls = 0; !order.contains(Reached.REPAIRED); calls++) {
      ProgressListener listener = after(calls);
      Reached reached = reached(() -> salvage(pieces, to, listener)).orElseThrow();
      if (reached == Reached.NOTHING) {
        assertThat(disk()).as("stopped after %d", calls).containsExactlyEntriesOf(before);
      } else {
        Files.delete(to);
        Files.delete(to.resolveSibling("new.ugc.001"));
      }
      order.add(reached);
    }

    assertThat(order).isSorted().contains(Reached.ASSEMBLED);
  }
}
