package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.registry.RegisterContract.assertRefused;
import static uk.usbguard.core.registry.Samples.DESK;
import static uk.usbguard.core.registry.Samples.inState;
import static uk.usbguard.core.registry.Samples.registration;
import static uk.usbguard.core.registry.Samples.tag;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.LifecycleState;

/** How entries are found again, whatever the database. */
interface FindingContract {

  /** The register of this test. */
  DeviceRegister register();

  @Test
  @DisplayName("The same identity twice is refused, or with leave becomes a finding")
  default void findsSharedIdentities() throws Exception {
    register().register(registration("NHS-1", "60A44C413FAEF471"), false, DESK);
    assertRefused(
        Refusal.IDENTITY_TAKEN,
        () -> register().register(registration("NHS-2", "60a44c413faef471"), false, DESK));
    assertRefused(
        Refusal.TAG_TAKEN,
        () -> register().register(registration("nhs-1", "60A44C413FAEF499"), false, DESK));
    assertThat(register().sharedIdentities(Optional.empty())).isEmpty();
    Device second = register().register(registration("NHS-2", "60A44C413FAEF471"), true, DESK);
    register().register(registration("NHS-3", ""), false, DESK);
    register().register(registration("NHS-4", ""), false, DESK);

    assertThat(register().sharedIdentities(Optional.empty()))
        .containsExactly(DeviceIdentity.parse("0951:1666:60A44C413FAEF471"));
    assertThat(register().fitness(second).concerns()).contains(Concern.IDENTITY_SHARED);
    assertThat(register().fitness(register().get(tag("NHS-3"))).concerns())
        .contains(Concern.SERIAL_WEAK)
        .doesNotContain(Concern.IDENTITY_SHARED);
    register().retire(tag("NHS-2"), DESK);
    assertThat(register().sharedIdentities(Optional.empty())).isEmpty();
  }

  @Test
  @DisplayName("REG-09 lists by owner, manager, organisation, state and any text, page by page")
  default void listsAndSearches() throws Exception {
    for (int i = 0; i < 7; i++) {
      register().register(registration("NHS-" + i, "60A44C413FAEF47" + i), false, DESK);
    }
    Holder zoe = new Holder(Ownership.POOLED, "Zoë O'Brien", "m.anager", "Łódź 100% Trust");
    register()
        .register(
            new Registration(tag("ŻÓŁW-9"), Samples.hardware(""), zoe, Samples.purpose()),
            false,
            DESK);
    inState(register(), LifecycleState.ISSUED, "NHS-7");

    List<Device> first = register().list(DeviceFilter.ALL, Optional.empty(), 4);
    List<Device> rest = register().list(DeviceFilter.ALL, Optional.of(first.get(3).tag()), 100);
    assertThat(first)
        .extracting(d -> d.tag().text())
        .containsExactly("NHS-0", "NHS-1", "NHS-2", "NHS-3");
    assertThat(rest)
        .extracting(d -> d.tag().text())
        .containsExactly("NHS-4", "NHS-5", "NHS-6", "NHS-7", "ŻÓŁW-9");
    assertThat(find(null, "zoë o'brien", Set.of(), null)).containsExactly("ŻÓŁW-9");
    assertThat(find(null, null, EnumSet.of(LifecycleState.ISSUED), null)).containsExactly("NHS-7");
    assertThat(find("ŁÓDŹ 100%", null, Set.of(), null)).containsExactly("ŻÓŁW-9");
    assertThat(find("0951:1666:60a44c413faef473", null, Set.of(), null)).containsExactly("NHS-3");
    assertThat(find("iar-0042", null, Set.of(), null)).hasSize(9);
    assertThat(find("1_0%", null, Set.of(), null)).isEmpty();
    assertThat(find(null, null, Set.of(), "Łódź 100% Trust")).containsExactly("ŻÓŁW-9");
  }

  @Test
  @DisplayName("A search finds an entry by what it says now, whatever characters that has")
  default void searchFollowsChanges() throws Exception {
    Holder quoting = new Holder(Ownership.POOLED, "a \"b\" AND c", "m\\a%n_a!ger", "😀😀😀 Trust");
    register()
        .register(
            new Registration(tag("NHS-1"), Samples.hardware(""), quoting, Samples.purpose()),
            false,
            DESK);
    register().register(registration("NHS-2", "60A44C413FAEF472"), false, DESK);
    for (String part : List.of("\"b\" and", "m\\a%n", "n_a!g", "😀😀😀", "😀 t", "c", "1")) {
      assertThat(find(part, null, Set.of(), null)).as(part).contains("NHS-1");
    }
    assertThat(find("n\u0000m", null, Set.of(), null)).isEmpty();
    assertThat(find("carr\u001fies", null, Set.of(), null)).isEmpty();

    register().transfer(tag("NHS-1"), Samples.ward(), DESK);
    assertThat(find("\"b\" and", null, Set.of(), null)).isEmpty();
    assertThat(find("a.nurse", null, Set.of(), null)).containsExactly("NHS-1", "NHS-2");
    assertThat(find("a.nurse", null, EnumSet.of(LifecycleState.ISSUED), null)).isEmpty();
  }

  private List<String> find(
      String text, String owner, Set<LifecycleState> states, String organisation) throws Exception {
    DeviceFilter filter = new DeviceFilter(owner, null, organisation, states, text, false);
    return register().list(filter, Optional.empty(), 100).stream()
        .map(d -> d.tag().text())
        .toList();
  }
}
