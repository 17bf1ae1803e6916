package uk.usbguard.core.container;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import uk.usbguard.core.container.CrashOracle.Outcome;
import uk.usbguard.core.container.CrashOracle.Verdict;

/** Counts crash states of one kind and what became of them. */
final class CrashTally {

  private final String kind;
  private final EnumMap<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private final TreeMap<Integer, Integer> lostCommits = new TreeMap<>();
  private int states;

  CrashTally(String kind) {
    this.kind = kind;
  }

  void add(Verdict verdict) {
    states++;
    outcomes.merge(verdict.outcome(), 1, Integer::sum);
    lostCommits.merge(verdict.lostCommits(), 1, Integer::sum);
  }

  int states() {
    return states;
  }

  int count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }

  int mostLostCommits() {
    return lostCommits.isEmpty() ? 0 : lostCommits.lastKey();
  }

  /** So many commits at most are lost in 99 of 100 states. */
  int usualLostCommits() {
    int seen = 0;
    for (Map.Entry<Integer, Integer> entry : lostCommits.entrySet()) {
      seen += entry.getValue();
      if (seen >= states * 0.99) {
        return entry.getKey();
      }
    }
    return 0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-28s %,9d  as promised %.1f %%, older and whole %.1f %%, damage named %.2f %%,"
            + " does not open %d; commits lost: 99 %% <= %d, most %d",
        kind,
        states,
        share(Outcome.PROMISED),
        share(Outcome.OLDER),
        share(Outcome.DAMAGED),
        count(Outcome.LOST),
        usualLostCommits(),
        mostLostCommits());
  }

  private double share(Outcome outcome) {
    return states == 0 ? 0 : 100.0 * count(outcome) / states;
  }
}
