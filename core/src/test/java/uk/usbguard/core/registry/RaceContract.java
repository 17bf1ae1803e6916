package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.registry.Samples.DESK;
import static uk.usbguard.core.registry.Samples.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What happens when two desks enter one drive at the same moment. */
interface RaceContract {

  int ROUNDS = 20;

  /** Opens the register of this test, as another process would. */
  DeviceRegister another() throws Exception;

  /** What each of two desks is told that enter a drive at once: "entered", or the refusal. */
  private List<List<String>> race(boolean sameTag) throws Exception {
    List<List<String>> rounds = new ArrayList<>();
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService desks = Executors.newFixedThreadPool(2);
    try (DeviceRegister one = another();
        DeviceRegister two = another()) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Callable<String>> both = new ArrayList<>();
        for (DeviceRegister desk : List.of(one, two)) {
          String tag = "NHS-" + round + (sameTag ? "" : "-" + both.size());
          String serial = "60A44C41%08d".formatted(sameTag ? 2 * round + both.size() : round);
          both.add(
              () -> {
                start.await();
                try {
                  desk.register(registration(tag, serial), false, DESK);
                  return "entered";
                } catch (RegisterRefusedException e) {
                  return e.refusal().label();
                }
              });
        }
        List<String> told = new ArrayList<>();
        for (Future<String> desk : desks.invokeAll(both)) {
          told.add(desk.get());
        }
        rounds.add(told);
      }
    } finally {
      desks.shutdownNow();
    }
    return rounds;
  }

  @Test
  @DisplayName("REG-01 of two desks that give one asset tag at once, one is told that it is taken")
  default void oneTagIsGivenOnce() throws Exception {
    assertThat(race(true))
        .allSatisfy(
            told ->
                assertThat(told).containsExactlyInAnyOrder("entered", Refusal.TAG_TAKEN.label()));
  }

  @Test
  @DisplayName("REG-01 of two desks that enter one identity at once, one is told whose it is")
  default void oneIdentityIsEnteredOnce() throws Exception {
    assertThat(race(false))
        .allSatisfy(
            told ->
                assertThat(told)
                    .containsExactlyInAnyOrder("entered", Refusal.IDENTITY_TAKEN.label()));
  }
}
