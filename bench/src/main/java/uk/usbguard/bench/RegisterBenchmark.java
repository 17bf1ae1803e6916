package uk.usbguard.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.DeviceFilter;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.RegisterAddress;
import uk.usbguard.core.registry.RegisterEnvironment;
import uk.usbguard.core.registry.RegisterListener;

/**
 * Fills a register by the real command, in a file and on a PostgreSQL server, and times what people
 * wait for: {@code LAUNCHER FOLDER ENTRIES}. Prints the rows of a table.
 */
public final class RegisterBenchmark {

  private static final int PAGE = 100;
  private static final int LOOKUPS = 10_000;
  private static final int PAGES = 500;
  private static final int SEARCHES = 20;
  private static final int PEOPLE = 20_000;
  private static final int ORGANISATIONS = 40;

  private final Path launcher;
  private final Path folder;
  private final int entries;
  private final Random random = new Random(7);

  private RegisterBenchmark(Path launcher, Path folder, int entries) {
    this.launcher = launcher;
    this.folder = folder;
    this.entries = entries;
  }

  /** Takes the launcher, a folder for its files, and the number of entries. */
  public static void main(String[] args) throws Exception {
    new RegisterBenchmark(
            Path.of(args[0]).toAbsolutePath(),
            Path.of(args[1]).toAbsolutePath(),
            Integer.parseInt(args[2]))
        .run();
  }

  private void run() throws Exception {
    Path csv = folder.resolve("devices.csv");
    write(csv);
    System.out.printf(
        Locale.ROOT,
        "%,d entries, a CSV file of %,d MB.%n%n",
        entries,
        Files.size(csv) / 1_000_000);
    System.out.println("| register | what | median | 99 of 100 | worst |");
    System.out.println("|---|---|---|---|---|");
    Path file = folder.resolve("register.db");
    measure("SQLite", csv, file.toString());
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder().setDataDirectory(folder.resolve("postgres")).start()) {
      String url = "postgresql://postgres@localhost:" + server.getPort() + "/postgres";
      measure("PostgreSQL 18", csv, url + "?sslmode=disable");
    }
  }

  private void measure(String name, Path csv, String address) throws Exception {
    row(name, "`device import`, whole process", new long[] {imported(csv, address)});
    row(name, "the same file again: nothing new", new long[] {imported(csv, address)});
    var environment =
        new RegisterEnvironment(
            Clock.systemUTC(), RegisterListener.NONE, RegisterEnvironment.PATIENCE);
    try (DeviceRegister register =
        DeviceRegister.open(RegisterAddress.parse(address, folder), false, null, environment)) {
      times(LOOKUPS / 10, () -> register.withIdentity(identity(any()))); // warms up
      lookUps(name, register);
      row(name, "page of 100, after any tag", pages(register, DeviceFilter.ALL));
      row(name, "page of 100, of one organisation", pages(register, organisation("Trust 7")));
      row(name, "page of 100, issued", pages(register, issued()));
      row(
          name,
          "drives of one owner",
          times(PAGES, () -> list(register, DeviceFilter.ownedBy(owner(any())), -1)));
      row(
          name,
          "first page of a search for part of a serial number",
          times(SEARCHES, () -> list(register, search(serial(any()).substring(2)), -1)));
    }
  }

  /** The clock's time, and the processor's: what is in the one only is waiting for the other. */
  private void lookUps(String name, DeviceRegister register) throws Exception {
    var thread = ManagementFactory.getThreadMXBean();
    long[] processor = new long[LOOKUPS];
    int[] next = {0};
    long[] clock =
        times(
            LOOKUPS,
            () -> {
              long start = thread.getCurrentThreadCpuTime();
              Object found = register.withIdentity(identity(any()));
              processor[next[0]++] = thread.getCurrentThreadCpuTime() - start;
              return found;
            });
    Arrays.sort(processor);
    row(name, "look-up by identity", clock);
    row(name, "the same, time of the asking thread on a processor", processor);
  }

  private long[] pages(DeviceRegister register, DeviceFilter filter) throws Exception {
    return times(PAGES, () -> list(register, filter, any()));
  }

  private static Object list(DeviceRegister register, DeviceFilter filter, int after)
      throws Exception {
    return register.list(
        filter, after < 0 ? Optional.empty() : Optional.of(new AssetTag(tag(after))), PAGE);
  }

  private static DeviceFilter organisation(String name) {
    return new DeviceFilter(null, null, name, Set.of(), null, false);
  }

  private static DeviceFilter issued() {
    return new DeviceFilter(null, null, null, EnumSet.of(LifecycleState.ISSUED), null, false);
  }

  private static DeviceFilter search(String text) {
    return new DeviceFilter(null, null, null, Set.of(), text, false);
  }

  private long imported(Path csv, String address) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                launcher.toString(),
                "device",
                "import",
                csv.toString(),
                "--register",
                address,
                "--as",
                "bench")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("the import failed with " + process.exitValue());
    }
    return System.nanoTime() - start;
  }

  /** Something that is timed. */
  private interface Deed {
    Object run() throws Exception;
  }

  private static long[] times(int count, Deed deed) throws Exception {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      deed.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static void row(String name, String what, long[] sorted) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s |%n",
        name,
        what,
        text(sorted[sorted.length / 2]),
        text(sorted[sorted.length * 99 / 100]),
        text(sorted[sorted.length - 1]));
  }

  private static String text(long nanos) {
    double milliseconds = nanos / 1e6;
    return milliseconds >= 1_000
        ? String.format(Locale.ROOT, "%.1f s", milliseconds / 1_000)
        : String.format(Locale.ROOT, "%.2f ms", milliseconds);
  }

  // --- made-up drives, the same in every run

  private int any() {
    return random.nextInt(entries);
  }

  private static String tag(int i) {
    return String.format(Locale.ROOT, "NHS-%07d", i);
  }

  /** Sixteen hexadecimal digits, each serial once and in no order. */
  private static String serial(int i) {
    return String.format(Locale.ROOT, "%016X", (i + 1) * 0x9E3779B97F4A7C15L);
  }

  private static DeviceIdentity identity(int i) {
    return DeviceIdentity.parse("0951:1666:" + serial(i));
  }

  private static String owner(int i) {
    return "person." + i % PEOPLE;
  }

  private void write(Path csv) throws IOException {
    Map<String, String> same =
        Map.of(
            "ownership", "assigned",
            "purpose", "Carries referral letters to the hospice without network",
            "dataClass", "patient",
            "reviewDue", "2027-05-01",
            "model", "0951:1666",
            "approvedBy", "boss",
            "approvedAt", "2026-11-02T09:00:00Z",
            "riskAssessment", "RA-7",
            "descriptorDigest", "0f343b0931126a20f133d67c2b018a3b");
    List<String> columns = new ArrayList<>(same.keySet());
    columns.sort(null);
    try (BufferedWriter out = Files.newBufferedWriter(csv, StandardCharsets.UTF_8)) {
      out.write(
          String.join(",", columns)
              + ",tag,serial,capacityBytes,owner,manager,organisation,assetReference,state,"
              + "stateSince,signOffName,signOffDesignation,signOffOrganisation,signOffDate,"
              + "signOffVersion,handoverBy,handoverAt,lastSeen,highestSeen\n");
      String constant = String.join(",", columns.stream().map(same::get).toList());
      for (int i = 0; i < entries; i++) {
        out.write(constant + "," + own(i) + "\n");
      }
    }
  }

  private static String own(int i) {
    boolean issued = i % 4 != 0;
    String organisation = "Trust " + i % ORGANISATIONS;
    return String.join(
        ",",
        tag(i),
        serial(i),
        "31457280000",
        owner(i),
        "manager." + i % (PEOPLE / 20),
        organisation,
        "IAR-" + i,
        issued ? "issued" : "approved",
        "2026-11-03T09:00:00Z",
        "Person " + i % PEOPLE,
        "Sister",
        organisation,
        "2026-11-03",
        "2.1",
        "desk",
        "2026-11-03T08:50:00Z",
        issued ? "2026-11-23T17:00:00Z" : "",
        issued ? "2026-11-23T17:00:00Z" : "");
  }
}
