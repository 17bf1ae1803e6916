package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.cli.Desk.saysTwoLines;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.cli.console.ScriptedTerminal;

/** What goes wrong, in its promised form: an exit code, two lines on stderr, JSON with --json. */
class FailureTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp);
  }

  @Test
  void wrongPassphrase() throws IOException {
    desk.withLetters();
    Result text = desk.pipe("wrong\n", "ls", "c.ugc", "--passphrase-stdin");
    Result json = desk.pipe("wrong\n", "ls", "c.ugc", "--passphrase-stdin", "--json");

    saysTwoLines(text, 77);
    assertThat(text.err()).contains("does not open c.ugc");
    assertThat(json.err())
        .startsWith("{\"type\":\"error\",\"code\":77,\"id\":\"wrong-passphrase\",\"message\":")
        .contains("\"hint\":");
    assertThat(json.out()).isEmpty();
  }

  @Test
  void usage() {
    saysTwoLines(desk.run(), 64);
    saysTwoLines(desk.run("frobnicate"), 64);
    saysTwoLines(desk.run("ls"), 64);
    saysTwoLines(desk.run("ls", "c.ugc", "--no-such-option"), 64);
    saysTwoLines(desk.run("ls", "c.ugc", "--passphrase-stdin", "--passphrase-file", "x"), 64);
    saysTwoLines(desk.run("key", "remove", "c.ugc", "--slot", "one"), 64);
    saysTwoLines(desk.run("help", "frobnicate"), 64);
    assertThat(desk.run("ls", "--json").err()).contains("\"id\":\"usage\"");
  }

  @Test
  void nothingThere() {
    saysTwoLines(desk.unlocked("ls", "none.ugc"), 66);
    saysTwoLines(desk.run("info", "none.ugc"), 66);
    saysTwoLines(
        desk.pipe("x\n", "recover", "none.ugc", "--recovery-key-stdin", "--new-passphrase-stdin"),
        66);
  }

  @Test
  void noContainer() throws IOException {
    desk.file("text.txt", "not a container ".repeat(10_000));
    desk.file("empty.ugc", "");
    saysTwoLines(desk.unlocked("ls", "text.txt"), 65);
    saysTwoLines(desk.unlocked("ls", "empty.ugc"), 65);
  }

  @Test
  @DisplayName(
      "A container of a newer version or an unknown profile ends with 76, whatever is asked")
  void newerFormats() throws IOException {
    desk.withLetters();
    byte[] bytes = Files.readAllBytes(desk.folder.resolve("c.ugc"));
    for (int area : new int[] {0, 1_048_576}) {
      ByteBuffer.wrap(bytes).putShort(area + 8, (short) 2);
    }
    Files.write(desk.folder.resolve("newer.ugc"), bytes);
    for (int area : new int[] {0, 1_048_576}) {
      ByteBuffer.wrap(bytes).putShort(area + 8, (short) 1).put(area + 10, (byte) 9);
      CRC32 crc = new CRC32();
      crc.update(bytes, area, 20_512);
      ByteBuffer.wrap(bytes).putInt(area + 20_512, (int) crc.getValue());
    }
    Files.write(desk.folder.resolve("other.ugc"), bytes);
    for (String name : List.of("newer.ugc", "other.ugc")) {
      byte[] before = Files.readAllBytes(desk.folder.resolve(name));
      for (String command : List.of("ls", "verify", "info", "compact", "decrypt")) {
        String[] to = command.equals("decrypt") ? new String[] {"--to", "out"} : new String[0];
        String[] args =
            Stream.concat(Stream.of(command, name), Stream.of(to)).toArray(String[]::new);
        saysTwoLines(desk.unlocked(args), 76);
      }
      saysTwoLines(desk.unlocked("put", name, "letters/a.txt"), 76);
      assertThat(Files.readAllBytes(desk.folder.resolve(name))).isEqualTo(before);
    }
  }

  @Test
  void nobodyToAsk() throws IOException {
    desk.withLetters();
    saysTwoLines(desk.run("ls", "c.ugc"), 64);
    saysTwoLines(desk.pipe("", "ls", "c.ugc", "--passphrase-stdin"), 64);
    saysTwoLines(desk.with(ScriptedTerminal.answering(), "ls", "c.ugc"), 64);
  }

  @Test
  void aPassphraseFileThatIsNotThere() throws IOException {
    desk.withLetters();
    saysTwoLines(desk.run("ls", "c.ugc", "--passphrase-file", "none"), 66);
  }

  @Test
  @DisplayName("KEY-02 an old key is announced at 21 months and takes no new data at 24")
  void keyAge() throws IOException {
    desk.withLetters();
    desk.at(Clock.offset(Clock.systemUTC(), Duration.ofDays(665)));
    Result due = desk.unlocked("info", "c.ugc");
    Result written = desk.unlocked("mkdir", "c.ugc", "new", "--json");
    Result looked = desk.unlocked("ls", "c.ugc");
    desk.at(Clock.offset(Clock.systemUTC(), Duration.ofDays(760)));
    Result refused = desk.unlocked("encrypt", "letters", "--to", "c.ugc", "--overwrite", "--json");
    Result read = desk.unlocked("cat", "c.ugc", "letters/a.txt");

    assertThat(due.err()).contains("will soon be too old");
    assertThat(due.out()).contains("soon too old");
    assertThat(written.code()).isZero();
    assertThat(written.err()).contains("\"id\":\"key-due\"");
    assertThat(looked.err()).as("who only reads").isEmpty();
    assertThat(read.out()).isEqualTo("one");
    assertThat(refused.code()).isIn(0, 80); // all unchanged: nothing new was to be written
    desk.file("new.txt", "new");
    assertThat(desk.unlocked("put", "c.ugc", "new.txt").code()).isEqualTo(80);
  }

  @Test
  void anOlderCopyPutBackIsNoticed() throws IOException {
    desk.withLetters();
    Path container = desk.folder.resolve("c.ugc");
    byte[] old = Files.readAllBytes(container);
    desk.unlocked("mkdir", "c.ugc", "x");
    desk.unlocked("mkdir", "c.ugc", "y");
    Files.write(container, old);

    Result result = desk.unlocked("ls", "c.ugc");

    assertThat(result.code()).isZero();
    assertThat(result.err()).contains("is older");
    assertThat(desk.unlocked("ls", "c.ugc", "--json").err()).contains("\"id\":\"rolled-back\"");
  }

  @Test
  @DisplayName("A bug ends with 70 and a code; the log has the trace and no message")
  void bug() throws IOException {
    desk.withLetters();
    Desk broken =
        desk.at(
            new Clock() {
              @Override
              public ZoneId getZone() {
                return ZoneOffset.UTC;
              }

              @Override
              public Clock withZone(ZoneId zone) {
                return this;
              }

              @Override
              public Instant instant() {
                boolean inCommand =
                    Arrays.stream(Thread.currentThread().getStackTrace())
                        .anyMatch(f -> f.getMethodName().equals("makeFolder"));
                if (inCommand) {
                  throw new IllegalStateException("patient Smith");
                }
                return Instant.EPOCH;
              }
            });

    Result result = broken.unlocked("mkdir", "c.ugc", "new");
    Result again = broken.unlocked("mkdir", "c.ugc", "new");

    saysTwoLines(result, 70);
    assertThat(again.err()).isEqualTo(result.err());
    String log = Files.readString(desk.state.log());
    assertThat(log).contains("IllegalStateException").doesNotContain("Smith");
    assertThat(result.err()).contains(desk.state.log().toString());
  }

  @ParameterizedTest
  @CsvSource({"open c.ugc,open", "close --all,close", "key rekey c.ugc,key rekey", "wipe x,wipe"})
  void aCommandThatIsNotHereYetIsCalledByItsName(String line, String name) {
    Result refused = desk.run(line.split(" "));

    saysTwoLines(refused, 64);
    assertThat(refused.err())
        .startsWith("usbguard: This release has no command usbguard " + name + ".");
  }

  @Test
  void oneArgumentTooManyIsNamed() {
    Result refused = desk.run("ls", "c.ugc", "letters", "more");

    saysTwoLines(refused, 64);
    assertThat(refused.err()).startsWith("usbguard: more is one argument too many.");
  }

  @Test
  void theProfileThatIsNotHereYetIsCalledByItsName() throws IOException {
    desk.file("a.txt", "a");
    Result refused =
        desk.unlocked(
            "encrypt", "a.txt", "--to", "c.ugc", "--profile", "fips", "--no-recovery-key");

    saysTwoLines(refused, 76);
    assertThat(refused.err()).contains("This release cannot make containers of the profile fips");
  }
}
