package uk.usbguard.core.index;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.format.Key;

/** The way from the root to a leaf, or as far as it could be read. */
final class Path {

  /**
   * An inner node on the way.
   *
   * @param node the node
   * @param slot the child that the way goes on with
   * @param lower every key in the node is at least this
   * @param upper every key in the node is below this
   */
  record Step(IndexInner node, int slot, Key lower, Key upper) {

    /** Lower bound of a child. */
    Key lowerOf(int child) {
      return child == 0 ? lower : node.keys.get(child);
    }

    /** Upper bound of a child. */
    Key upperOf(int child) {
      return child + 1 == node.count() ? upper : node.keys.get(child + 1);
    }
  }

  private final List<Step> steps = new ArrayList<>(4);
  private Branch branch;
  private Key lower = Key.LOWEST;
  private Key upper = Key.HIGHEST;
  private @Nullable IndexLeaf leaf;

  /** Begins at the root. */
  Path(Branch root) {
    this.branch = root;
  }

  /** Goes on from an inner node to one of its children. */
  void enter(IndexInner node, int slot) {
    Step step = new Step(node, slot, lower, upper);
    steps.add(step);
    branch = node.child(slot);
    lower = step.lowerOf(slot);
    upper = step.upperOf(slot);
  }

  /** Ends at a leaf. */
  void end(IndexLeaf node) {
    leaf = node;
  }

  IndexLeaf leaf() {
    if (leaf == null) {
      throw new IllegalStateException("not at a leaf");
    }
    return leaf;
  }

  /** The inner nodes, the root first. */
  List<Step> steps() {
    return steps;
  }

  /** Where the way ends, or what could not be read. */
  Branch branch() {
    return branch;
  }

  /** Lower bound of {@link #branch}. */
  Key lower() {
    return lower;
  }

  /** Upper bound of {@link #branch}, exclusive. */
  Key upper() {
    return upper;
  }
}
