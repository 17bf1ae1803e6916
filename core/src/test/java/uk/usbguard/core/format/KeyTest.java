package uk.usbguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The order of keys and the bounds between them. */
class KeyTest {

  /** Ascending: kinds, then numbers as unsigned, then names as bytes. */
  private static final List<Key> ASCENDING =
      List.of(
          Key.LOWEST,
          Key.prefix(Key.Kind.ENTRY),
          Key.folderPrefix(1),
          Key.entry(1, "a"),
          Key.entry(1, "a").successor(),
          Key.entry(1, "a b"),
          Key.entry(1, "aa"),
          Key.entry(1, "z"),
          Key.entry(1, "\u00e4"),
          Key.folderPrefix(1).afterPrefix(),
          Key.entry(2, "a"),
          Key.entry(255, "a"),
          Key.entry(256, "a"),
          Key.entry(-1, "a"),
          Key.filePrefix(0),
          Key.extent(0, 0),
          Key.extent(0, 1),
          Key.extent(0, -1),
          Key.filePrefix(0).afterPrefix(),
          Key.extent(1, 0),
          Key.batch(0),
          Key.batch(Long.MIN_VALUE),
          Key.free(0),
          Key.orphan(0),
          Key.orphan(-1),
          Key.HIGHEST);

  @Test
  void ordersAsUnsignedBytes() {
    List<Key> shuffled = new ArrayList<>(ASCENDING);
    Collections.shuffle(shuffled, new Random(1));
    Collections.sort(shuffled);
    // The bound after folder 1 and the beginning of folder 2 are the same.
    assertThat(shuffled).isEqualTo(ASCENDING);
    assertThat(Key.folderPrefix(1).afterPrefix()).isEqualTo(Key.folderPrefix(2));
    assertThat(Key.folderPrefix(255).afterPrefix().compareTo(Key.folderPrefix(256))).isNegative();
  }

  @Test
  void givesBackItsParts() {
    Key entry = Key.entry(-2, "\u00e4.txt");
    assertThat(entry.kind()).isEqualTo(Key.Kind.ENTRY);
    assertThat(entry.id()).isEqualTo(-2);
    assertThat(entry.foldedName()).isEqualTo("\u00e4.txt");
    Key extent = Key.extent(3, 4);
    assertThat(extent.id()).isEqualTo(3);
    assertThat(extent.extent()).isEqualTo(4);
    assertThatIllegalStateException().isThrownBy(extent::foldedName);
    assertThatIllegalStateException().isThrownBy(entry::extent);
    assertThatIllegalStateException().isThrownBy(Key.LOWEST::foldedName);
  }

  @Test
  void tellsBoundsFromKeysThatLeadSomewhere() {
    assertThat(Key.LOWEST.isComplete()).isFalse();
    assertThat(Key.HIGHEST.isComplete()).isFalse();
    assertThat(Key.prefix(Key.Kind.ORPHAN).isComplete()).isFalse();
    assertThat(Key.folderPrefix(1).isComplete()).isFalse();
    assertThat(Key.filePrefix(1).isComplete()).isFalse();
    assertThat(Key.orphan(1).successor().isComplete()).isFalse();
    assertThat(Key.entry(1, "a").isComplete()).isTrue();
  }

  @Test
  void findsTheShortestSeparator() {
    for (int i = 0; i < ASCENDING.size(); i++) {
      for (int j = i + 1; j < ASCENDING.size(); j++) {
        Key low = ASCENDING.get(i);
        Key high = ASCENDING.get(j);
        Key separator = high.separatorFrom(low);
        assertThat(separator).isGreaterThan(low).isLessThanOrEqualTo(high);
        assertThat(high.startsWith(separator)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> low.separatorFrom(high));
      }
    }
    assertThat(Key.entry(1, "abcdef").separatorFrom(Key.entry(1, "abaaaa")).length()).isEqualTo(12);
    assertThatIllegalArgumentException().isThrownBy(() -> Key.LOWEST.separatorFrom(Key.LOWEST));
  }

  @Test
  void boundsAllThatBeginsAlike() {
    assertThat(Key.folderPrefix(-1).afterPrefix()).isEqualTo(Key.prefix(Key.Kind.EXTENT));
    assertThatIllegalStateException().isThrownBy(Key.LOWEST::afterPrefix);
  }

  @Test
  void refusesNamesThatNoKeyHolds() {
    assertThat(Key.entry(1, "a".repeat(1_536)).length()).isEqualTo(1_545);
    assertThatIllegalArgumentException().isThrownBy(() -> Key.entry(1, "a".repeat(1_537)));
    assertThatIllegalArgumentException().isThrownBy(() -> Key.entry(1, ""));
  }
}
