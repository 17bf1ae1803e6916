package uk.usbguard.core.format;

import java.util.List;

/**
 * A node with values. The lists are taken, not copied: whoever makes one hands them over.
 *
 * @param keys complete keys, ascending
 * @param values one for each key, of the kind that the key says
 */
public record LeafNode(List<Key> keys, List<Value> values) implements Node {

  /** Refuses lists of different length. */
  public LeafNode {
    if (keys.size() != values.size()) {
      throw new IllegalArgumentException(keys.size() + " keys, " + values.size() + " values");
    }
  }

  /** Bytes of one entry in a leaf, without a salt. */
  public static int entryLength(Key key, Value value) {
    return Short.BYTES + key.length() + Short.BYTES + value.encodedLength();
  }

  @Override
  public int level() {
    return 0;
  }
}
