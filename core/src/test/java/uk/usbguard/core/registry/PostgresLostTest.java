package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.usbguard.core.registry.Samples.BOSS;
import static uk.usbguard.core.registry.Samples.DESK;
import static uk.usbguard.core.registry.Samples.SETTINGS;
import static uk.usbguard.core.registry.Samples.registration;
import static uk.usbguard.core.registry.Samples.tag;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.registry.CuttableWire.Cut;
import uk.usbguard.core.registry.RegisterFailedException.Problem;

/** A real PostgreSQL that goes away in the middle of a change, at every statement in turn. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class PostgresLostTest {

  /** A change has fewer statements. */
  private static final int MANY = 14;

  private static PostgresServer server;
  private static RegisterAddress.OnServer direct;

  @BeforeAll
  static void start() throws Exception {
    server = new PostgresServer();
    direct = server.newDatabase();
    try (DeviceRegister register = open(direct)) {
      register.decide(RegisterSettings.DEFAULT, SETTINGS, DESK);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static DeviceRegister open(RegisterAddress.OnServer address) throws Exception {
    return open(address, Duration.ofSeconds(4));
  }

  private static DeviceRegister open(RegisterAddress.OnServer address, Duration patience)
      throws Exception {
    return DeviceRegister.open(
        address,
        false,
        null,
        new RegisterEnvironment(new Samples.TestClock(), RegisterListener.NONE, patience));
  }

  private static RegisterAddress.OnServer by(CuttableWire wire) {
    return new RegisterAddress.OnServer(
        "localhost", wire.port(), direct.database(), direct.user(), direct.options());
  }

  private static AssetTag enter(DeviceRegister register, String name) throws Exception {
    register.register(registration(name, "SER" + name), false, DESK);
    return tag(name);
  }

  private static List<String> actions(DeviceRegister register, AssetTag tag) throws Exception {
    return register.history(tag).stream().map(HistoryLine::action).toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Cut.class,
      names = {"BEFORE", "AFTER"})
  @DisplayName("A connection that breaks once, at any statement: the change is made, and once")
  void onceBroken(Cut cut) throws Exception {
    try (DeviceRegister beside = open(direct);
        CuttableWire wire = new CuttableWire(direct.port());
        DeviceRegister register = open(by(wire))) {
      int statement = 0;
      boolean broke = true;
      while (broke) {
        AssetTag tag = enter(beside, "ONCE-" + cut + "-" + statement);
        wire.breakAfter(statement, cut, false);
        Device approved = register.approve(tag, "RA-7", BOSS);
        broke = wire.isBroken();
        wire.mend();

        assertThat(approved).isEqualTo(beside.get(tag));
        assertThat(approved.state()).isEqualTo(LifecycleState.APPROVED);
        assertThat(actions(beside, tag))
            .as("at " + statement)
            .containsExactly("approve", "register");
        assertThat(++statement).isLessThan(MANY);
      }
      assertThat(statement).as("statements at which it broke").isGreaterThan(5);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Cut.class,
      names = {"BEFORE", "AFTER"})
  @DisplayName("LEAV-01 a leaver whose connection breaks once: each drive suspended is reported")
  void leaverOnceBroken(Cut cut) throws Exception {
    try (DeviceRegister beside = open(direct);
        CuttableWire wire = new CuttableWire(direct.port());
        DeviceRegister register = open(by(wire))) {
      int statement = 0;
      boolean broke = true;
      while (broke) {
        String name = "LEAVER-" + cut + "-" + statement;
        AssetTag tag = enter(beside, name);
        beside.transfer(
            tag, new Holder(Ownership.ASSIGNED, name, "m.anager", "St Elsewhere"), DESK);
        Samples.issue(beside, tag);
        wire.breakAfter(statement, cut, false);
        LeaverReport report = register.leaver(name, DESK);
        broke = wire.isBroken();
        wire.mend();

        assertThat(report.suspended())
            .as("at " + statement)
            .extracting(device -> device.tag().text())
            .containsExactly(name);
        assertThat(actions(beside, tag)).startsWith("leaver").containsOnlyOnce("leaver");
        assertThat(++statement).isLessThan(MANY);
      }
      assertThat(statement).as("statements at which it broke").isGreaterThan(5);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Cut.class,
      names = {"BEFORE", "AFTER"})
  @DisplayName(
      "A server that stays away: all of the change or nothing, and an error that says which")
  void goneForGood(Cut cut) throws Exception {
    List<Callable<Boolean>> cases = new ArrayList<>();
    for (int statement = 0; statement < MANY; statement++) {
      int at = statement;
      cases.add(() -> breaksForGood(cut, at));
    }
    ExecutorService waiting = Executors.newFixedThreadPool(MANY); // mostly for the server
    int broke = 0;
    try {
      for (Future<Boolean> one : waiting.invokeAll(cases)) {
        broke += one.get() ? 1 : 0;
      }
    } finally {
      waiting.shutdown();
    }
    assertThat(broke).as("statements at which it broke").isBetween(6, MANY - 1);
  }

  /** Returns whether the change has a statement of this number. */
  private static boolean breaksForGood(Cut cut, int statement) throws Exception {
    try (DeviceRegister beside = open(direct)) {
      AssetTag tag = enter(beside, "GONE-" + cut + "-" + statement);
      @Nullable Problem problem;
      boolean broke;
      try (CuttableWire wire = new CuttableWire(direct.port());
          DeviceRegister register = open(by(wire))) {
        wire.breakAfter(statement, cut, true);
        problem = problemOf(register, tag);
        broke = wire.isBroken();
      }
      boolean made = beside.get(tag).state() == LifecycleState.APPROVED;
      assertThat(actions(beside, tag))
          .as("at " + statement)
          .isEqualTo(made ? List.of("approve", "register") : List.of("register"));
      if (problem == Problem.UNREACHABLE) {
        assertThat(made).as("it says that nothing was changed").isFalse();
      } else {
        assertThat(problem).isEqualTo(broke ? Problem.OUTCOME_UNKNOWN : null);
      }
      return broke;
    }
  }

  private static @Nullable Problem problemOf(DeviceRegister register, AssetTag tag)
      throws Exception {
    try {
      register.approve(tag, "RA-7", BOSS);
      return null;
    } catch (RegisterFailedException e) {
      return e.problem();
    }
  }

  private static void assertFails(Problem problem, ThrowingCallable deed) {
    assertThatThrownBy(deed)
        .isInstanceOfSatisfying(
            RegisterFailedException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  @Test
  @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
  @DisplayName("A server that takes connections and says nothing is one that does not answer")
  void neverAnswers() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (String sslmode : List.of("disable", "prefer")) {
        RegisterAddress.OnServer address =
            new RegisterAddress.OnServer(
                "localhost", silent.getLocalPort(), "r", "u", Map.of("sslmode", sslmode));
        assertFails(Problem.UNREACHABLE, () -> open(address, Duration.ofSeconds(1)));
      }
    }
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  @DisplayName("A server that falls silent in the middle of a change or of a list hangs nobody")
  void fallsSilent() throws Exception {
    try (DeviceRegister beside = open(direct)) {
      AssetTag tag = enter(beside, "SILENT");
      try (CuttableWire wire = new CuttableWire(direct.port());
          DeviceRegister register = open(by(wire), Duration.ofSeconds(1))) {
        wire.breakAfter(2, Cut.SILENT, true);
        assertFails(Problem.UNREACHABLE, () -> register.approve(tag, "RA-7", BOSS));
        assertFails(Problem.UNREACHABLE, () -> register.find(tag));
      }
      assertThat(actions(beside, tag)).containsExactly("register");
    }
  }

  @Test
  @DisplayName("An import whose server goes away leaves nothing behind, and can be run again")
  void importIsAllOrNothing() throws Exception {
    StringBuilder csv =
        new StringBuilder("tag,model,owner,manager,organisation,purpose,dataClass,reviewDue\n");
    for (int i = 0; i < 2_000; i++) {
      csv.append("LOST-IMPORT-")
          .append(i)
          .append(",0951:1666,o,m,g,Carries rota plans between sites,business,2027-01-01\n");
    }
    try (DeviceRegister beside = open(direct);
        CuttableWire wire = new CuttableWire(direct.port());
        DeviceRegister register = open(by(wire))) {
      wire.breakAfter(6, Cut.AFTER, true);
      assertThatThrownBy(() -> importFrom(register, csv))
          .isInstanceOf(RegisterFailedException.class);
      assertThat(wire.isBroken()).isTrue();
      wire.mend();
      assertThat(beside.find(tag("LOST-IMPORT-0"))).isEmpty();

      assertThat(importFrom(register, csv).added()).isEqualTo(2_000);
    }
  }

  private static ImportResult importFrom(DeviceRegister register, StringBuilder csv)
      throws Exception {
    byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
    return register.importFrom(
        new CsvSource(new ByteArrayInputStream(bytes)), (line, tag, why) -> {}, DESK);
  }
}
