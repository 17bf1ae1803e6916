package uk.usbguard.core.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.format.IndexLimits;
import uk.usbguard.core.format.InnerNode;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.LeafNode;
import uk.usbguard.core.format.Node;
import uk.usbguard.core.format.NodeCodec;
import uk.usbguard.core.format.NodePointer;

/** ENC-02, ENC-03: a damaged node costs the names below it, and says which. */
class IndexDamageTest {

  private static final int COUNT = 60_000;

  private record Damage(NodePointer pointer, Key lowest, Key next) {}

  private final MemoryNodeStore store = new MemoryNodeStore();
  private final List<Damage> heard = new ArrayList<>();
  private IndexRoot root;

  @BeforeEach
  void writesATreeOfThreeLevels() throws Exception {
    root = Entries.written(store, COUNT, 1).write().orElseThrow();
    assertThat(root.level()).isEqualTo(2);
  }

  private Index index() {
    return Index.open(store, root);
  }

  private InnerNode rootNode() throws Exception {
    return (InnerNode) store.node(root.pointer(), 2);
  }

  private InnerNode inner(int slot) throws Exception {
    return (InnerNode) store.node(rootNode().children().get(slot), 1);
  }

  private List<Integer> scanTolerant(Key from, Key to) throws Exception {
    heard.clear();
    return Entries.numbers(
        index()
            .scanTolerant(
                from, to, (pointer, lowest, next) -> heard.add(new Damage(pointer, lowest, next))));
  }

  /** Everything is seen but what the listener heard of. */
  private void assertLosesOnlyWhatIsHeard(NodePointer... damaged) throws Exception {
    List<Integer> seen = scanTolerant(Key.LOWEST, Key.HIGHEST);
    assertThat(heard).extracting(Damage::pointer).containsExactly(damaged);
    List<Integer> lost = new ArrayList<>();
    heard.forEach(d -> lost.addAll(Entries.between(d.lowest(), d.next(), COUNT)));
    assertThat(lost).isNotEmpty();
    List<Integer> both = new ArrayList<>(seen);
    both.addAll(lost);
    assertThat(both.stream().sorted().toList())
        .isEqualTo(IntStream.range(0, COUNT).boxed().toList());
  }

  @Test
  void passesOverADamagedLeaf() throws Exception {
    NodePointer leaf = inner(0).children().get(3);
    store.damage(leaf);
    assertLosesOnlyWhatIsHeard(leaf);
    assertThat(heard.get(0).lowest()).isEqualTo(inner(0).keys().get(3));
    assertThat(heard.get(0).next()).isEqualTo(inner(0).keys().get(4));
  }

  @Test
  void passesOverTheFirstAndTheLastLeaf() throws Exception {
    NodePointer first = inner(0).children().get(0);
    InnerNode lastInner = inner(rootNode().children().size() - 1);
    NodePointer last = lastInner.children().get(lastInner.children().size() - 1);
    store.damage(first);
    store.damage(last);
    assertLosesOnlyWhatIsHeard(first, last);
    assertThat(heard.get(0).lowest()).isEqualTo(Key.LOWEST);
    assertThat(heard.get(1).next()).isEqualTo(Key.HIGHEST);
  }

  @Test
  void passesOverNeighbouringLeaves() throws Exception {
    NodePointer one = inner(0).children().get(5);
    NodePointer two = inner(0).children().get(6);
    store.damage(one);
    store.damage(two);
    assertLosesOnlyWhatIsHeard(one, two);
    assertThat(heard.get(0).next()).isEqualTo(heard.get(1).lowest());
  }

  @Test
  void passesOverADamagedInnerNode() throws Exception {
    NodePointer inner = rootNode().children().get(1);
    store.damage(inner);
    assertLosesOnlyWhatIsHeard(inner);
    assertThat(heard.get(0).lowest()).isEqualTo(rootNode().keys().get(1));
  }

  @Test
  void losesEverythingWithTheRoot() throws Exception {
    store.damage(root.pointer());
    assertThat(scanTolerant(Key.LOWEST, Key.HIGHEST)).isEmpty();
    assertThat(heard).containsExactly(new Damage(root.pointer(), Key.LOWEST, Key.HIGHEST));
  }

  @Test
  void hearsOnlyOfDamageInItsRange() throws Exception {
    store.damage(inner(0).children().get(3));
    Key from = inner(0).keys().get(3).successor();
    scanTolerant(from, Key.HIGHEST);
    assertThat(heard.get(0).lowest()).isEqualTo(from);
    Key to = inner(0).keys().get(4);
    scanTolerant(Key.LOWEST, inner(0).keys().get(3));
    assertThat(heard).isEmpty();
    scanTolerant(to, Key.HIGHEST);
    assertThat(heard).isEmpty();
  }

  @Test
  void throwsWhereTheScanIsNotTolerant() throws Exception {
    NodePointer leaf = inner(0).children().get(3);
    store.damage(leaf);
    IndexCursor cursor = index().scan(Key.LOWEST, Key.HIGHEST);
    assertThatThrownBy(() -> Entries.numbers(cursor))
        .isInstanceOfSatisfying(
            DamagedContainerException.class,
            e -> assertThat(e.position()).isEqualTo(leaf.position()));
    // The rest is there.
    assertThat(index().get(Entries.key(COUNT - 1))).isPresent();
    assertThat(index().get(Entries.key(0))).isPresent();
  }

  @Test
  void takesAFailingMediumForNoDamage() throws Exception {
    IndexCursor cursor =
        index().scanTolerant(Key.LOWEST, Key.HIGHEST, (p, l, n) -> heard.add(new Damage(p, l, n)));
    cursor.advance();
    store.failReads(true);
    assertThatThrownBy(() -> Entries.numbers(cursor)).isInstanceOf(IOException.class);
    assertThat(heard).isEmpty();
  }

  @Test
  void changesNothingWhenTheWayToAKeyIsDamaged() throws Exception {
    NodePointer leaf = inner(0).children().get(3);
    Key lost = inner(0).keys().get(3).successor();
    store.damage(leaf);
    Index index = index();
    assertThatThrownBy(() -> index.get(lost)).isInstanceOf(DamagedContainerException.class);
    assertThatThrownBy(() -> index.remove(lost)).isInstanceOf(DamagedContainerException.class);
    assertThat(index.dirtyNodes()).isZero();
    assertThat(index.write()).contains(root);
    assertThat(store.frees).isZero();
  }

  @Test
  void removesBesideADamagedLeaf() throws Exception {
    store.damage(inner(0).children().get(3));
    store.damage(inner(0).children().get(5));
    Index index = index();
    List<Integer> between = Entries.between(inner(0).keys().get(4), inner(0).keys().get(5), COUNT);
    for (int number : between) {
      assertThat(index.remove(Entries.key(number))).isPresent();
    }
    root = index.write().orElseThrow();
    List<Integer> seen = scanTolerant(Key.LOWEST, Key.HIGHEST);
    assertThat(heard).hasSize(2);
    assertThat(seen).doesNotContainAnyElementsOf(between);
  }

  @Test
  void refusesAChildWhoseKeysBelongElsewhere() throws Exception {
    NodePointer inner = rootNode().children().get(1);
    NodePointer leaf = inner(1).children().get(3);
    for (NodePointer pointer : List.of(inner, leaf)) {
      int level = pointer.equals(leaf) ? 0 : 1;
      Node node = store.node(pointer, level);
      int last = keysOf(node).size() - 1;
      assertRefusesKey(pointer, node, level == 0 ? 0 : 1, "a");
      assertRefusesKey(pointer, node, last, "z");
    }
  }

  /** A node of the right kind, level and length has a key that lies outside of its range. */
  private void assertRefusesKey(NodePointer pointer, Node node, int at, String letter)
      throws Exception {
    List<Key> keys = new ArrayList<>(keysOf(node));
    Key right = keys.get(at);
    keys.set(at, Key.entry(1, letter.repeat(right.length() - 9)));
    Node wrong =
        node instanceof LeafNode leaf
            ? new LeafNode(keys, leaf.values())
            : new InnerNode(node.level(), keys, ((InnerNode) node).children());
    store.replace(pointer, bytes(wrong));
    assertThatThrownBy(() -> index().get(right))
        .isInstanceOfSatisfying(
            DamagedContainerException.class,
            e -> {
              assertThat(e.part()).isEqualTo(Part.INDEX);
              assertThat(e.position()).isEqualTo(pointer.position());
            });
    store.replace(pointer, bytes(node));
    assertThat(index().ceiling(right)).isPresent();
  }

  private static List<Key> keysOf(Node node) {
    return node instanceof LeafNode leaf ? leaf.keys() : ((InnerNode) node).keys();
  }

  private static byte[] bytes(Node node) {
    byte[] out = new byte[IndexLimits.NODE];
    return Arrays.copyOf(out, NodeCodec.encode(node, out));
  }

  @Test
  void refusesANodeOfAnotherLengthThanItsPointerSays() throws Exception {
    NodePointer leaf = inner(0).children().get(3);
    LeafNode whole = (LeafNode) store.node(leaf, 0);
    int count = whole.keys().size() - 1;
    store.replace(
        leaf,
        bytes(new LeafNode(whole.keys().subList(0, count), whole.values().subList(0, count))));
    Key inside = inner(0).keys().get(3).successor();
    assertThatThrownBy(() -> index().get(inside)).isInstanceOf(DamagedContainerException.class);
  }
}
