package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.usbguard.core.registry.Samples.BOSS;
import static uk.usbguard.core.registry.Samples.DESK;
import static uk.usbguard.core.registry.Samples.GOVERNANCE;
import static uk.usbguard.core.registry.Samples.NOW;
import static uk.usbguard.core.registry.Samples.SETTINGS;
import static uk.usbguard.core.registry.Samples.inState;
import static uk.usbguard.core.registry.Samples.issued;
import static uk.usbguard.core.registry.Samples.registration;
import static uk.usbguard.core.registry.Samples.tag;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.registry.UseException.ExceptionKind;

/** What every register does, whatever the database. */
abstract class RegisterContract
    implements FindingContract,
        ImportContract,
        ExceptionContract,
        SightingContract,
        RaceContract,
        DecisionContract,
        SpotCheckContract,
        TotalsContract {

  final Samples.TestClock clock = new Samples.TestClock();
  final List<RegisterEvent> events = Collections.synchronizedList(new ArrayList<>());
  DeviceRegister register;

  /** Opens the register of this test, as another process would. */
  abstract DeviceRegister open() throws Exception;

  final RegisterEnvironment environment() {
    return new RegisterEnvironment(clock, events::add, Duration.ofSeconds(2));
  }

  @Override
  public DeviceRegister register() {
    return register;
  }

  @Override
  public DeviceRegister another() throws Exception {
    return open();
  }

  @Override
  public Samples.TestClock clock() {
    return clock;
  }

  @BeforeEach
  void openWithSettings() throws Exception {
    register = open();
    register.decide(register.settings(), SETTINGS, DESK);
    events.clear();
  }

  @AfterEach
  void close() throws Exception {
    register.close();
  }

  static void assertRefused(Refusal refusal, ThrowingCallable deed) {
    assertThatThrownBy(deed)
        .isInstanceOfSatisfying(
            RegisterRefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
  }

  @Test
  @DisplayName("REG-01 an entry is stored as given and found by tag in any case, and by identity")
  void storesAndFinds() throws Exception {
    Device entered = register.register(registration("NHS-1", "60A44C413FAEF471"), false, DESK);

    assertThat(entered.state()).isEqualTo(LifecycleState.REQUESTED);
    assertThat(entered.standing().requestedBy()).isEqualTo("desk");
    try (DeviceRegister other = open()) {
      assertThat(other.get(tag("nhs-1"))).isEqualTo(entered);
      assertThat(other.withIdentity(DeviceIdentity.parse("0951:1666:60a44c413faef471")))
          .containsExactly(entered);
      assertThat(other.find(tag("NHS-2"))).isEmpty();
      assertThat(other.settings()).isEqualTo(SETTINGS);
    }
  }

  @Test
  @DisplayName("REG-08 every change is in the history with who, why and when")
  void remembersWhoWhyAndWhen() throws Exception {
    issued(register, "NHS-1", "60A44C413FAEF471");
    clock.advance(Duration.ofHours(2));
    register.suspend(tag("NHS-1"), new Act("desk", "on leave"));

    List<HistoryLine> history = register.history(tag("nhs-1"));
    assertThat(history)
        .extracting(HistoryLine::action)
        .containsExactly("suspend", "issue", "handover", "sign-off", "approve", "register");
    assertThat(history.get(0))
        .isEqualTo(
            new HistoryLine(
                6,
                NOW.plus(Duration.ofHours(2)),
                "desk",
                "suspend",
                "issued",
                "suspended",
                "on leave",
                ""));
    assertThat(history.get(5).from()).isEmpty();
  }

  @Test
  @DisplayName("REG-08 from every state exactly the legal deeds succeed")
  void onlyLegalDeeds() throws Exception {
    for (LifecycleState from : LifecycleState.values()) {
      AssetTag stays = inState(register, from, "STAYS-" + from);
      for (LifecycleState to : LifecycleState.values()) {
        boolean legal = from.mayBecome(to);
        AssetTag tag = legal ? inState(register, from, from + "-" + to) : stays;
        assertThat(tryToBecome(tag, from, to)).as(from + " to " + to).isEqualTo(legal);
        assertThat(register.get(tag).state()).as(from + " to " + to).isEqualTo(legal ? to : from);
      }
    }
  }

  private boolean tryToBecome(AssetTag tag, LifecycleState from, LifecycleState to)
      throws Exception {
    boolean cleared = from == LifecycleState.FOUND;
    try {
      switch (to) {
        case REQUESTED -> register.register(registration(tag.text(), "OTHER123X"), false, DESK);
        case APPROVED -> register.approve(tag, "RA-8", BOSS);
        case ISSUED -> {
          if (cleared) {
            register.clear(tag, to, GOVERNANCE);
          } else if (from == LifecycleState.SUSPENDED) {
            register.resume(tag, DESK);
          } else {
            register.issue(tag, DESK);
          }
        }
        case SUSPENDED -> register.suspend(tag, DESK);
        case LOST -> register.lost(tag, DESK);
        case FOUND -> register.found(tag, DESK);
        case RETURNED -> {
          if (cleared) {
            register.clear(tag, to, GOVERNANCE);
          } else {
            register.giveBack(tag, DESK);
          }
        }
        case WIPED -> register.wiped(tag, "one pass", "CERT-2", DESK);
        case DISPOSED -> register.retire(tag, DESK);
      }
      return true;
    } catch (RegisterRefusedException e) {
      assertThat(e.refusal()).isIn(Refusal.ILLEGAL_TRANSITION, Refusal.TAG_TAKEN);
      return false;
    }
  }

  @Test
  @DisplayName("REG-03 nobody approves what they asked for or will hold")
  void refusesSelfApproval() throws Exception {
    register.register(registration("NHS-1", "60A44C413FAEF471"), false, DESK);
    AssetTag tag = tag("NHS-1");

    assertRefused(
        Refusal.SELF_APPROVAL, () -> register.approve(tag, "RA-7", new Act(" Desk ", "")));
    assertRefused(
        Refusal.SELF_APPROVAL, () -> register.approve(tag, "RA-7", new Act("A.NURSE", "")));
    assertRefused(Refusal.RISK_ASSESSMENT_MISSING, () -> register.approve(tag, " ", BOSS));
    assertThat(register.get(tag).state()).isEqualTo(LifecycleState.REQUESTED);
    assertThat(register.approve(tag, "RA-7", BOSS).paperwork().approval())
        .isEqualTo(new Approval("boss", NOW, "RA-7"));
  }

  @Test
  @DisplayName("REG-04 REG-05 REG-10 nothing is issued before signature, handover and reference")
  void issuesOnlyWithAllPaperwork() throws Exception {
    AssetTag tag = tag("NHS-1");
    register.register(registration("NHS-1", "60A44C413FAEF471"), false, DESK);
    register.approve(tag, "RA-7", BOSS);
    assertRefused(Refusal.SIGN_OFF_MISSING, () -> register.issue(tag, DESK));
    SignOff old = new SignOff("Ann Nurse", "Sister", "St Elsewhere", Samples.TODAY, "1.0");
    assertRefused(Refusal.SIGN_OFF_OUTDATED, () -> register.signOff(tag, old, DESK));
    register.signOff(tag, Samples.signature(), DESK);
    assertRefused(Refusal.HANDOVER_INCOMPLETE, () -> register.issue(tag, DESK));
    assertRefused(
        Refusal.HANDOVER_INCOMPLETE,
        () -> register.handOver(tag, EnumSet.of(HandoverItem.DUTIES), DESK));
    assertThat(register.get(tag).state()).isEqualTo(LifecycleState.APPROVED);
    register.handOver(tag, EnumSet.allOf(HandoverItem.class), DESK);
    assertThat(register.issue(tag, DESK).state()).isEqualTo(LifecycleState.ISSUED);

    Justification noReference =
        new Justification(
            "Carries rota plans between two sites", DataClass.BUSINESS, "", Samples.TODAY, null);
    register.register(
        new Registration(tag("NHS-2"), Samples.hardware(""), Samples.ward(), noReference),
        false,
        DESK);
    assertRefused(Refusal.ASSET_REFERENCE_MISSING, () -> Samples.issue(register, tag("NHS-2")));
  }

  @Test
  @DisplayName("REG-04 a new version of the agreement asks for a new signature")
  void asksAgainAfterANewVersion() throws Exception {
    AssetTag tag = inState(register, LifecycleState.SUSPENDED, "NHS-1");
    register.decide(
        SETTINGS,
        new RegisterSettings(
            SETTINGS.organisation(), "3.0", SETTINGS.checkIn(), true, List.of("ig.lead")),
        DESK);

    assertRefused(Refusal.SIGN_OFF_OUTDATED, () -> register.resume(tag, DESK));
    register.signOff(
        tag, new SignOff("Ann Nurse", "Sister", "St Elsewhere", Samples.TODAY, "3.0"), DESK);
    assertThat(register.resume(tag, DESK).state()).isEqualTo(LifecycleState.ISSUED);
  }

  @Test
  @DisplayName("INC-06 a found drive is cleared by information governance and nobody else")
  void onlyGovernanceClears() throws Exception {
    AssetTag tag = inState(register, LifecycleState.LOST, "NHS-1");
    register.found(tag, GOVERNANCE);

    assertRefused(
        Refusal.NOT_INFORMATION_GOVERNANCE, () -> register.clear(tag, LifecycleState.ISSUED, DESK));
    assertRefused(
        Refusal.FOUND_BY_SAME_PERSON, () -> register.clear(tag, LifecycleState.ISSUED, GOVERNANCE));
    assertRefused(
        Refusal.ILLEGAL_TRANSITION,
        () -> register.clear(tag, LifecycleState.DISPOSED, new Act("ig.deputy", "no")));
    assertRefused(Refusal.ILLEGAL_TRANSITION, () -> register.resume(tag, DESK));
    assertRefused(Refusal.ILLEGAL_TRANSITION, () -> register.issue(tag, DESK));
    assertRefused(Refusal.ILLEGAL_TRANSITION, () -> register.giveBack(tag, DESK));
    assertThat(
            register.clear(tag, LifecycleState.ISSUED, new Act("ig.deputy", "seal whole")).state())
        .isEqualTo(LifecycleState.ISSUED);
  }

  @Test
  @DisplayName("LEAV-02 WIPE-03 no second issue without a passed wipe and new paperwork")
  void reissuesOnlyAfterAWipe() throws Exception {
    AssetTag tag = inState(register, LifecycleState.RETURNED, "NHS-1");
    assertRefused(Refusal.ILLEGAL_TRANSITION, () -> register.issue(tag, DESK));
    assertRefused(Refusal.ILLEGAL_TRANSITION, () -> register.approve(tag, "RA-9", BOSS));
    register.wipeFailed(tag, new Act("desk", "sector 17 cannot be written"));
    assertThat(register.get(tag).state()).isEqualTo(LifecycleState.RETURNED);
    assertRefused(Refusal.FIELD_MISSING, () -> register.wiped(tag, "one pass", "", DESK));

    Device wiped = register.wiped(tag, "one pass", "CERT-1", DESK);
    assertThat(wiped.paperwork())
        .isEqualTo(
            new Paperwork(
                null, null, null, new Wipe("one pass", "CERT-1", "desk", NOW), null, null));
    Holder next = new Holder(Ownership.ASSIGNED, "b.doctor", "m.anager", "St Elsewhere");
    register.transfer(tag, next, new Act("desk", "new owner"));
    register.approve(tag, "RA-9", BOSS);
    assertRefused(Refusal.SIGN_OFF_MISSING, () -> register.issue(tag, DESK));
  }

  @Test
  @DisplayName("LEAV-01 a leaver's drives are all suspended, and it closes only when all are back")
  void suspendsEverythingOfALeaver() throws Exception {
    issued(register, "NHS-1", "60A44C413FAEF471");
    issued(register, "NHS-2", "60A44C413FAEF472");
    register.suspend(tag("NHS-2"), DESK);
    register.register(registration("NHS-3", "60A44C413FAEF473"), false, DESK);

    LeaverReport report = register.leaver("A.Nurse", new Act("desk", "leaves on Friday"));
    assertThat(report.suspended()).extracting(d -> d.tag().text()).containsExactly("NHS-1");
    assertThat(report.outstanding())
        .extracting(d -> d.tag().text())
        .containsExactly("NHS-1", "NHS-2");
    assertThat(report.isClosed()).isFalse();
    assertThat(events)
        .as("told by drive, never by the person's name")
        .filteredOn(event -> event.action() == Action.LEAVER)
        .containsExactly(
            new RegisterEvent(NOW, Action.LEAVER, "desk", "leaves on Friday", "NHS-1", "done"));
    register.giveBack(tag("NHS-1"), DESK);
    assertThat(register.leaver("a.nurse", DESK).isClosed()).isFalse();
    register.lost(tag("NHS-2"), DESK);
    assertThat(register.leaver("a.nurse", DESK).isClosed()).isTrue();
    assertRefused(Refusal.NO_SUCH_OWNER, () -> register.leaver("nobody", DESK));
  }

  @Test
  @DisplayName("A drive changes its owner only before issue; its manager at any time")
  void transfers() throws Exception {
    AssetTag tag = inState(register, LifecycleState.ISSUED, "NHS-1");
    Holder other = new Holder(Ownership.ASSIGNED, "b.doctor", "m.anager", "St Elsewhere");
    Holder newManager = new Holder(Ownership.ASSIGNED, "a.nurse", "n.ewboss", "St Elsewhere");

    assertRefused(Refusal.OWNER_FIXED, () -> register.transfer(tag, other, DESK));
    assertThat(register.transfer(tag, newManager, DESK).holder()).isEqualTo(newManager);
    AssetTag fresh = inState(register, LifecycleState.REQUESTED, "NHS-2");
    register.except(
        fresh, new UseException(ExceptionKind.BYOD, "b.doctor", "RA-7", "", Samples.TODAY), BOSS);
    Device moved = register.transfer(fresh, other, new Act("clerk", "swapped"));
    assertThat(moved.holder()).isEqualTo(other);
    assertThat(moved.paperwork().byod()).as("b.doctor's own approval does not stay").isNull();
    assertRefused(
        Refusal.SELF_APPROVAL, () -> register.approve(fresh, "RA-1", new Act("clerk", "")));
  }

  @Test
  @DisplayName("AUD-01 every change and every refusal is told to who listens")
  void tellsWhatHappened() throws Exception {
    register.register(registration("NHS-1", "60A44C413FAEF471"), false, DESK);
    assertRefused(Refusal.SELF_APPROVAL, () -> register.approve(tag("NHS-1"), "RA-7", DESK));
    assertRefused(Refusal.FIELD_MISSING, () -> register.retire(tag("NHS-1"), new Act("desk", " ")));

    assertThat(events)
        .containsExactly(
            new RegisterEvent(NOW, Action.REGISTER, "desk", "asked by phone", "NHS-1", "done"),
            new RegisterEvent(
                NOW, Action.APPROVE, "desk", "asked by phone", "NHS-1", "register-self-approval"),
            new RegisterEvent(NOW, Action.RETIRE, "desk", " ", "NHS-1", "register-field-missing"));
  }

  @Test
  @DisplayName("Of two people who change one drive at once, one succeeds and one is refused")
  void oneOfTwoWins() throws Exception {
    AssetTag tag = inState(register, LifecycleState.ISSUED, "NHS-1");
    var pool = Executors.newFixedThreadPool(4);
    try (DeviceRegister other = open()) {
      List<Callable<Boolean>> deeds = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        DeviceRegister through = i % 2 == 0 ? register : other;
        deeds.add(() -> suspended(through, tag));
      }
      int done = 0;
      for (Future<Boolean> deed : pool.invokeAll(deeds)) {
        done += deed.get() ? 1 : 0;
      }
      assertThat(done).isEqualTo(1);
      assertThat(register.history(tag)).hasSize(6);
    } finally {
      pool.shutdownNow();
    }
  }

  private static boolean suspended(DeviceRegister register, AssetTag tag) throws Exception {
    try {
      register.suspend(tag, DESK);
      return true;
    } catch (RegisterRefusedException e) {
      return false;
    }
  }
}
