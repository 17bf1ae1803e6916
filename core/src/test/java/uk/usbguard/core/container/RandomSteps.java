package uk.usbguard.core.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import uk.usbguard.core.container.LifeStep.EditStep;

/** What people do to a container, at random. */
final class RandomSteps {

  private static final long DAY = 86_400_000L;

  private final Random random;
  private final boolean compacts;
  private final int scale;

  /**
   * Takes the dice.
   *
   * @param compacts whether they also compact
   * @param scale files have up to about 1.5 MB divided by this
   */
  RandomSteps(Random random, boolean compacts, int scale) {
    this.random = random;
    this.compacts = compacts;
    this.scale = scale;
  }

  List<LifeStep> list(int count) {
    List<LifeStep> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      steps.add(next());
    }
    return steps;
  }

  private LifeStep next() {
    int dice = random.nextInt(100);
    if (dice < 38) {
      return new LifeStep.Put(somePath(), random.nextLong(), someLength());
    } else if (dice < 48) {
      return edit();
    } else if (dice < 58) {
      return new LifeStep.Remove(somePath());
    } else if (dice < 65) {
      return new LifeStep.MakeFolder(someFolder());
    } else if (dice < 72) {
      return rename();
    } else if (dice < 75) {
      return new LifeStep.RemoveTree(someFolder());
    } else if (dice < 90) {
      return new LifeStep.Commit();
    } else if (dice < 93) {
      return clockJump();
    } else if (dice < 98 || !compacts) {
      return new LifeStep.Reopen();
    }
    return new LifeStep.Compact();
  }

  private LifeStep rename() {
    return random.nextInt(4) == 0
        ? new LifeStep.Rename(someFolder(), someFolder())
        : new LifeStep.Rename(somePath(), somePath());
  }

  private LifeStep clockJump() {
    long millis =
        switch (random.nextInt(4)) {
          case 0 -> 2_500;
          case 1 -> DAY * random.nextInt(3);
          case 2 -> -3_600_000;
          default -> -DAY * random.nextInt(30);
        };
    return new LifeStep.ClockJump(millis);
  }

  private String someFolder() {
    String folder = "/" + Spellings.someFolder(random);
    return random.nextInt(3) == 0 ? folder + "/" + Spellings.someFolder(random) : folder;
  }

  private String somePath() {
    String name = "/" + Spellings.someName(random);
    return random.nextBoolean() ? someFolder() + name : name;
  }

  private int someLength() {
    int length =
        switch (random.nextInt(10)) {
          case 0 -> 0;
          case 1, 2 -> scale * (1 + random.nextInt(256));
          case 3, 4, 5 -> 257 + random.nextInt(60_000);
          case 6 -> scale * 65_536 * (1 + random.nextInt(3)) + random.nextInt(3) - 1;
          case 7, 8 -> random.nextInt(400_000);
          default -> random.nextInt(1_500_000);
        };
    return length / scale;
  }

  private LifeStep edit() {
    List<EditStep> changes = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      changes.add(
          random.nextInt(3) == 0
              ? new EditStep.Truncate(random.nextInt(300_000) / scale)
              : new EditStep.Write(
                  random.nextInt(400_000) / scale,
                  random.nextLong(),
                  1 + random.nextInt(120_000) / scale));
      if (random.nextInt(4) == 0) {
        changes.add(new EditStep.Flush());
      }
      if (random.nextInt(6) == 0) {
        changes.add(new EditStep.CommitMeanwhile());
      }
    }
    return new LifeStep.Edit(somePath(), changes);
  }
}
