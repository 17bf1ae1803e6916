package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.e2e.WriteLog.Event;

/**
 * Commands that the real program ran on a real file system, with every write of it, and what is on
 * the stick if it is pulled among them.
 */
final class StickLife {

  private static final String STEP =
      """
      step() {
        name=$1 input=$2
        shift 2
        printf "$input" | "$USBGUARD" "$@" >"$work/$name.out" 2>"$work/$name.err" || exit
        mark $name
      }
      """;

  private static final String FILL =
      """
      mkdir 'System Volume Information'
      dd if=/dev/zero of='System Volume Information/taken' bs=1K count=$taken status=none
      cp -r "$work"/files/. .
      """;

  private static final String TAKEN = "System Volume Information/";

  private final StickFormat format;
  private final Path folder;
  private final StickGuest guest;
  private final List<String> steps = new ArrayList<>();
  private final StringBuilder script = new StringBuilder(STEP);
  private byte[] before = new byte[0];
  private List<Event> events = List.of();

  /** Takes a new folder, for everything. */
  StickLife(StickFormat format, Path folder) {
    this.format = format;
    this.folder = folder;
    this.guest = new StickGuest(folder);
    export("JAVA_HOME", System.getenv().getOrDefault("JAVA_HOME", ""));
    export("USBGUARD", Processes.ROOT.resolve("usbguard").toString());
    export("USBGUARD_JAVA_OPTS", "-Duser.home=/run/home -Djava.io.tmpdir=/run/tmp");
  }

  private void export(String name, String value) {
    script.insert(0, "export " + name + "='" + value + "'\n");
  }

  /** What a stick holds after it was pulled, and checked. */
  record Found(Map<String, byte[]> contents, Map<String, String> files) {}

  /** Looks at one thing that a pulled stick may hold. */
  @FunctionalInterface
  interface Look {
    void at(Found found, List<String> said) throws Exception;
  }

  /** One command of the program, with lines of input; it says its name when it succeeded. */
  StickLife step(String name, String input, String... arguments) {
    steps.add(name);
    script.append("step ").append(name).append(" '").append(input).append("'");
    Stream.of(arguments).forEach(argument -> script.append(" '").append(argument).append("'"));
    script.append('\n');
    return this;
  }

  /** Keeps a copy of a file as it is then. */
  StickLife keep(String name) {
    script.append("cp '").append(name).append("' \"$work/kept\"\n");
    return this;
  }

  /** The copy that was kept. */
  byte[] kept() throws IOException {
    return Files.readAllBytes(folder.resolve("kept"));
  }

  /** Lives it, on a stick with these files. */
  void live(Map<String, byte[]> files) throws Exception {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve("files").resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    guest.run(
        format, FILL.replace("$taken", Integer.toString(format.takenKib())), script.toString());
    before = Files.readAllBytes(guest.before());
    events = WriteLog.read(guest.writes());
    assertThat(StickMoments.count(events)).isGreaterThan(steps.size());
  }

  /** Everything that a command said. */
  String said(String step) throws Exception {
    return Files.readString(folder.resolve(step + ".out"));
  }

  /** The recovery key that a command showed. */
  RecoveryKey recoveryKey(String step) throws Exception {
    String line = said(step).lines().filter(l -> l.matches(RECOVERY_KEY)).findFirst().orElseThrow();
    return RecoveryKey.parse(line.strip().toCharArray());
  }

  private static final String RECOVERY_KEY = "\\s*[0-9A-Z]+(-[0-9A-Z]+){3,}\\s*";

  /** Pulls the stick at every moment, so often in all, or at some of them if there are more. */
  int pull(int times, SplittableRandom random, Look look) throws Exception {
    int moments = StickMoments.count(events);
    int[] done = new int[1];
    StickMoments.through(
        before,
        events,
        moment -> {
          // Evenly: what is left of the pulls over what is left of the moments.
          double even = (times - done[0]) / (double) (moments - moment.number());
          int share = (int) (even + random.nextDouble());
          for (int i = 0; i < share; i++) {
            look.at(found(StickMoments.image(moment, i, random)), moment.said());
            done[0]++;
          }
        });
    return done[0];
  }

  private Found found(byte[] bytes) throws Exception {
    Path image = Files.write(folder.resolve("pulled"), bytes);
    format.check(image);
    Map<String, byte[]> files = new TreeMap<>(format.files(image));
    files.keySet().removeIf(name -> name.startsWith(TAKEN));
    return new Found(files, Trees.digests(files));
  }
}
