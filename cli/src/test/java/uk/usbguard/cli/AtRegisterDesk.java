package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;

/** A test at a desk with a register, r.db, of an organisation. */
abstract class AtRegisterDesk {

  @TempDir private Path temp;
  Desk desk;
  RegisterDesk register;

  /** Whether an audit log was begun before the register. */
  boolean isAudited() {
    return false;
  }

  @BeforeEach
  final void sitDown() throws IOException {
    desk = new Desk(temp);
    register = new RegisterDesk(desk);
    if (isAudited()) {
      assertThat(desk.run("audit", "begin").code()).isZero();
    }
    register.init();
  }

  final Result run(String... words) {
    return register.run(words);
  }

  final Result ok(String... words) {
    return register.ok(words);
  }

  /** The words of one line, without quotes. */
  final Result run(String line) {
    return register.run(line.split(" "));
  }

  /** The same; it must succeed. */
  final Result ok(String line) {
    return register.ok(line.split(" "));
  }
}
