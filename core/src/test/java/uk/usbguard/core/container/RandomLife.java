package uk.usbguard.core.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import uk.usbguard.core.error.ContainerException;

/**
 * What people do to a container, at random, and what has to be in it then: a map from paths to
 * content. Every state that a crash or a rollback may lead back to is remembered until a commit
 * makes the older ones impossible.
 */
final class RandomLife {

  /** Stands for a folder. */
  static final byte[] FOLDER = new byte[0];

  private static final int NAMES = 9;
  private static final int FOLDERS = 3;

  /**
   * A state that may be found.
   *
   * @param since number of the medium's events when it became possible
   */
  record State(int since, Map<String, byte[]> content) {}

  /**
   * Somebody was told that the last of so many states is safe.
   *
   * @param events number of the medium's events then
   */
  record Promise(int events, int states, long generation) {}

  final Rig rig;
  final List<State> states = new ArrayList<>();
  final List<Promise> promises = new ArrayList<>();
  private final Random random;
  private final boolean compacts;
  private TreeMap<String, byte[]> now = new TreeMap<>();

  RandomLife(Rig rig, Random random, boolean compacts) {
    this.rig = rig;
    this.random = random;
    this.compacts = compacts;
    possible(now);
    promised();
  }

  Map<String, byte[]> now() {
    return now;
  }

  /** Takes a state that was found as the one that holds. */
  void continueFrom(Map<String, byte[]> found) {
    now = new TreeMap<>(found);
    possible(now);
  }

  private void possible(Map<String, byte[]> content) {
    states.add(new State(rig.medium.eventCount(), new TreeMap<>(content)));
  }

  private void promised() {
    long generation = rig.container.session().current().generation();
    promises.add(new Promise(rig.medium.eventCount(), states.size(), generation));
  }

  /** The states that are still possible after the last promise. */
  List<State> possible() {
    return states.subList(promises.get(promises.size() - 1).states() - 1, states.size());
  }

  void steps(int count) throws IOException, ContainerException {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  /** One thing that people do. */
  void step() throws IOException, ContainerException {
    int dice = random.nextInt(100);
    if (dice < 40) {
      put();
    } else if (dice < 50) {
      edit();
    } else if (dice < 60) {
      remove();
    } else if (dice < 66) {
      makeFolder();
    } else if (dice < 72) {
      rename();
    } else if (dice < 75) {
      removeTree();
    } else if (dice < 90) {
      commit();
    } else if (dice < 93) {
      rig.clock.pass(2_500);
    } else if (dice < 98) {
      reopen();
    } else if (compacts) {
      rig.container.compact(ProgressListener.none());
      promised();
    }
  }

  void commit() throws IOException, ContainerException {
    rig.container.commit();
    promised();
  }

  void reopen() throws IOException, ContainerException {
    rig.container.close();
    promised();
    rig.container = rig.open(rig.medium, OpenMode.READ_WRITE);
  }

  private String somePath() {
    List<String> parents = new ArrayList<>(List.of("", ""));
    for (int i = 0; i < FOLDERS; i++) {
      if (now.get("/d" + i) == FOLDER) {
        parents.add("/d" + i);
      }
    }
    return parents.get(random.nextInt(parents.size())) + "/n" + random.nextInt(NAMES);
  }

  private byte[] someBytes() {
    int length =
        switch (random.nextInt(10)) {
          case 0 -> 0;
          case 1, 2 -> 1 + random.nextInt(256);
          case 3, 4, 5 -> 257 + random.nextInt(60_000);
          case 6 -> 65_536 * (1 + random.nextInt(3)) + random.nextInt(3) - 1;
          case 7, 8 -> random.nextInt(400_000);
          default -> random.nextInt(1_500_000);
        };
    return Rig.bytes(random.nextLong(), length);
  }

  private void put() throws IOException, ContainerException {
    String path = somePath();
    byte[] bytes = someBytes();
    TreeMap<String, byte[]> then = new TreeMap<>(now);
    then.put(path, bytes);
    possible(then);
    rig.container.put(
        Rig.path(path),
        FileMeta.at(rig.clock.instant()),
        new ByteArrayInputStream(bytes),
        PutMode.REPLACE);
    now = then;
  }

  private void edit() throws IOException, ContainerException {
    String path = somePath();
    byte[] bytes = now.getOrDefault(path, new byte[0]);
    TreeMap<String, byte[]> then = new TreeMap<>(now);
    then.put(path, bytes);
    possible(then);
    try (FileEditor editor = rig.container.edit(Rig.path(path))) {
      now = then;
      int changes = 1 + random.nextInt(4);
      for (int i = 0; i < changes; i++) {
        byte[] next;
        if (random.nextInt(3) == 0) {
          int length = random.nextInt(bytes.length + 100_000);
          next = Arrays.copyOf(bytes, length);
          editor.truncate(length);
        } else {
          int at = random.nextInt(bytes.length + 150_000);
          byte[] more = Rig.bytes(random.nextLong(), 1 + random.nextInt(120_000));
          next = Arrays.copyOf(bytes, Math.max(bytes.length, at + more.length));
          System.arraycopy(more, 0, next, at, more.length);
          editor.write(at, more, 0, more.length);
        }
        bytes = next;
        TreeMap<String, byte[]> changed = new TreeMap<>(now);
        changed.put(path, bytes);
        possible(changed);
        now = changed;
        if (random.nextInt(4) == 0) {
          editor.flush();
        }
        if (random.nextInt(6) == 0) {
          commit();
        }
      }
    }
  }

  private void remove() throws IOException, ContainerException {
    String path = somePath();
    if (now.containsKey(path)) {
      TreeMap<String, byte[]> then = new TreeMap<>(now);
      then.remove(path);
      possible(then);
      rig.container.remove(Rig.path(path));
      now = then;
    }
  }

  private void makeFolder() throws IOException, ContainerException {
    String path = "/d" + random.nextInt(FOLDERS);
    if (!now.containsKey(path)) {
      TreeMap<String, byte[]> then = new TreeMap<>(now);
      then.put(path, FOLDER);
      possible(then);
      rig.container.makeFolder(Rig.path(path), FileMeta.at(rig.clock.instant()));
      now = then;
    }
  }

  private void rename() throws IOException, ContainerException {
    String from = somePath();
    String to = somePath();
    if (now.containsKey(from) && !from.equals(to)) {
      TreeMap<String, byte[]> then = new TreeMap<>(now);
      then.put(to, then.remove(from));
      possible(then);
      rig.container.rename(Rig.path(from), Rig.path(to), PutMode.REPLACE);
      now = then;
    }
  }

  private void removeTree() throws IOException, ContainerException {
    String path = "/d" + random.nextInt(FOLDERS);
    if (now.containsKey(path)) {
      TreeMap<String, byte[]> then = new TreeMap<>(now);
      then.keySet().removeIf(p -> p.equals(path) || p.startsWith(path + "/"));
      possible(then);
      rig.container.removeTree(Rig.path(path));
      now = then;
    }
  }

  // ---- looking

  /** All that a container holds. */
  static Map<String, byte[]> contentOf(Container container) throws IOException, ContainerException {
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
        into.put(path.toString(), FOLDER);
        collect(container, path, into);
      } else {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        container.openFile(path).transferTo(out);
        into.put(path.toString(), out.toByteArray());
      }
    }
  }

  static boolean same(Map<String, byte[]> a, Map<String, byte[]> b) {
    return a.keySet().equals(b.keySet())
        && a.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), b.get(e.getKey())));
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
      } else if (!Arrays.equals(is, should)) {
        text.append(path).append(" from byte ").append(Arrays.mismatch(is, should)).append("; ");
      }
    }
    return text.toString();
  }
}
