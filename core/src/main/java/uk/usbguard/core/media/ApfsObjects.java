package uk.usbguard.core.media;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The object map of an APFS container: from the number of an object to its newest block. */
final class ApfsObjects {

  private static final int MAX_NODES = 64;
  private static final int MAX_KEYS = 1024;
  private static final int HEADER = 56;
  private static final int ROOT = 1;
  private static final int LEAF = 2;
  private static final int FIXED = 4;
  private static final int ROOT_FOOTER = 40;
  private static final long MODULUS = 0xFFFFFFFFL;

  private final Map<Long, Long> blocks = new HashMap<>();
  private final Map<Long, Long> transactions = new HashMap<>();

  private ApfsObjects() {}

  /** Reads what can be read of the map; what is broken in it is not in the result. */
  static ApfsObjects read(Region region, int size, long mapBlock) throws ReadFailedException {
    ApfsObjects objects = new ApfsObjects();
    Block map = object(region, size, mapBlock);
    Deque<Long> nodes = new ArrayDeque<>();
    nodes.add(map.u64(48));
    for (int i = 0; i < MAX_NODES && !nodes.isEmpty(); i++) {
      objects.node(object(region, size, nodes.remove()), nodes);
    }
    return objects;
  }

  /** The block, or zeros if its checksum is wrong. */
  private static Block object(Region region, int size, long number) throws ReadFailedException {
    boolean possible = number > 0 && number <= Long.MAX_VALUE / size;
    Block block = region.at(possible ? number * size : -1, size);
    return isSound(block) ? block : new Block(new byte[size]);
  }

  private void node(Block node, Deque<Long> nodes) {
    int flags = node.u16(32);
    if ((flags & FIXED) == 0) {
      return;
    }
    int table = HEADER + node.u16(40);
    int keys = table + node.u16(42);
    int values = node.length() - ((flags & ROOT) == 0 ? 0 : ROOT_FOOTER);
    for (int i = 0; i < Math.min(node.u32(36), MAX_KEYS); i++) {
      int key = keys + node.u16(table + 4 * i);
      int value = values - node.u16(table + 4 * i + 2);
      if ((flags & LEAF) == 0) {
        nodes.add(node.u64(value));
      } else {
        newest(node.u64(key), node.u64(key + 8), node.u64(value + 8));
      }
    }
  }

  private void newest(long object, long transaction, long block) {
    if (transaction >= transactions.getOrDefault(object, 0L)) {
      transactions.put(object, transaction);
      blocks.put(object, block);
    }
  }

  OptionalLong blockOf(long object) {
    Long block = blocks.get(object);
    return block == null ? OptionalLong.empty() : OptionalLong.of(block);
  }

  /** Fletcher's checksum as APFS has it, over all of the block but itself. */
  static boolean isSound(Block block) {
    long low = 0;
    long high = 0;
    for (int at = 8; at < block.length(); at += 4) {
      low = (low + block.u32(at)) % MODULUS;
      high = (high + low) % MODULUS;
    }
    long first = MODULUS - (low + high) % MODULUS;
    long second = MODULUS - (low + first) % MODULUS;
    boolean isAllZero = low == 0 && high == 0;
    return !isAllZero && block.u32(0) == first && block.u32(4) == second;
  }
}
