package uk.usbguard.core.format;

import java.util.List;

/**
 * A node with pointers to nodes. The lists are taken, not copied: whoever makes one hands them
 * over.
 *
 * @param level 1 to 254
 * @param keys lower bounds of the children, ascending; the first is {@link Key#LOWEST}
 * @param children one for each key
 */
public record InnerNode(int level, List<Key> keys, List<NodePointer> children) implements Node {

  /** Refuses lists of different length, and a level that is none. */
  public InnerNode {
    if (keys.size() != children.size()) {
      throw new IllegalArgumentException(keys.size() + " keys, " + children.size() + " children");
    }
    if (level < 1 || level > IndexLimits.LEVEL) {
      throw new IllegalArgumentException("level " + level);
    }
  }

  /** Bytes of one entry in an inner node, without a salt. */
  public static int entryLength(Key key) {
    return Short.BYTES + key.length() + NodePointer.ENCODED_LENGTH;
  }
}
