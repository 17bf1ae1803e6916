package uk.usbguard.core.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import uk.usbguard.core.error.ContainerException;

/** All that a container holds, as a map from paths in their first spelling to content. */
final class StoredTree {

  /** Stands for a folder. */
  static final byte[] FOLDER = new byte[0];

  private StoredTree() {}

  /** All that a container holds. */
  static Map<String, byte[]> of(Container container) throws IOException, ContainerException {
    TreeMap<String, byte[]> content = new TreeMap<>();
    collect(container, ContainerPath.ROOT, content);
    return content;
  }

  private static void collect(Container container, ContainerPath folder, Map<String, byte[]> into)
      throws IOException, ContainerException {
    EntryCursor cursor = container.list(folder);
    while (cursor.advance()) {
      ContainerPath path = folder.child(cursor.current().name());
      if (cursor.current().kind() == EntryKind.FOLDER) {
        add(into, path, FOLDER);
        collect(container, path, into);
      } else {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        container.openFile(path).transferTo(out);
        add(into, path, out.toByteArray());
      }
    }
  }

  private static void add(Map<String, byte[]> content, ContainerPath path, byte[] bytes) {
    if (content.put(Spellings.canonical(path.toString()), bytes) != null) {
      throw new AssertionError("two entries of one name: " + path);
    }
  }

  static boolean same(Map<String, byte[]> a, Map<String, byte[]> b) {
    return a.keySet().equals(b.keySet())
        && a.entrySet().stream().allMatch(e -> same(e.getValue(), b.get(e.getKey())));
  }

  /** An empty file is not a folder. */
  static boolean same(byte[] a, byte[] b) {
    return (a == FOLDER) == (b == FOLDER) && Arrays.equals(a, b);
  }

  /** In what two states differ, for a message. */
  static String difference(Map<String, byte[]> found, Map<String, byte[]> expected) {
    StringBuilder text = new StringBuilder();
    TreeMap<String, byte[]> all = new TreeMap<>(expected);
    all.putAll(found);
    for (String path : all.keySet()) {
      byte[] is = found.get(path);
      byte[] should = expected.get(path);
      if (is == null || should == null) {
        text.append(path).append(is == null ? " is missing; " : " is there; ");
      } else if (!same(is, should)) {
        text.append(path).append(" from byte ").append(Arrays.mismatch(is, should)).append("; ");
      }
    }
    return text.toString();
  }
}
