package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.secret.RecoveryKey;

/**
 * The life of a container: does steps to it and to a map from paths to content, which says what has
 * to be in it then. Every state that a crash or a rollback may lead back to is remembered, with the
 * moments at which somebody was told that one is safe.
 */
final class Life {

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
   * @param keyGeneration of the key area that was told to be in force
   */
  record Promise(int events, int states, long generation, long keyGeneration) {}

  final Rig rig;
  private final List<State> states = new ArrayList<>();
  private final List<Promise> promises = new ArrayList<>();
  private Map<String, byte[]> now;
  private int addedSlot = -1;

  /** Begins with a container that holds this. */
  Life(Rig rig, Map<String, byte[]> content) {
    this.rig = rig;
    this.now = new TreeMap<>(content);
    begin();
  }

  Life(Rig rig) {
    this(rig, Map.of());
  }

  /** From here on; what was before cannot be come back to. */
  void begin() {
    states.clear();
    promises.clear();
    possible(now);
    promised();
  }

  Map<String, byte[]> now() {
    return now;
  }

  synchronized List<State> states() {
    return List.copyOf(states);
  }

  synchronized List<Promise> promises() {
    return List.copyOf(promises);
  }

  /** Takes a state that was found as the one that holds. */
  void continueFrom(Map<String, byte[]> found) {
    now = new TreeMap<>(found);
    possible(now);
  }

  private synchronized void possible(Map<String, byte[]> content) {
    states.add(new State(rig.medium.eventCount(), content));
  }

  private synchronized void promised() {
    promises.add(
        new Promise(
            rig.medium.eventCount(),
            states.size(),
            rig.container.session().current().generation(),
            rig.container.session().keys().area().keyGeneration()));
  }

  /** The states that are still possible after the last promise. */
  synchronized List<State> possible() {
    return List.copyOf(
        states.subList(promises.get(promises.size() - 1).states() - 1, states.size()));
  }

  void live(List<LifeStep> steps) throws IOException, ContainerException {
    for (LifeStep step : steps) {
      live(step);
    }
  }

  /** One thing that people do. */
  void live(LifeStep step) throws IOException, ContainerException {
    if (step instanceof LifeStep.Put put) {
      put(put);
    } else if (step instanceof LifeStep.Edit edit) {
      edit(edit);
    } else if (step instanceof LifeStep.Remove remove) {
      remove(remove.path());
    } else if (step instanceof LifeStep.RemoveTree tree) {
      removeTree(tree.path());
    } else if (step instanceof LifeStep.MakeFolder folder) {
      makeFolder(folder.path());
    } else if (step instanceof LifeStep.Rename rename) {
      rename(rename.from(), rename.to());
    } else if (step instanceof LifeStep.ClockJump jump) {
      rig.clock.pass(jump.millis());
    } else {
      settle(step);
    }
  }

  /** Steps after which something is safe. */
  private void settle(LifeStep step) throws IOException, ContainerException {
    if (step instanceof LifeStep.Commit) {
      rig.container.commit();
    } else if (step instanceof LifeStep.Compact) {
      rig.container.compact(ProgressListener.none());
    } else if (step instanceof LifeStep.ChangeKeys) {
      changeKeys();
    } else if (step instanceof LifeStep.Reopen) {
      rig.container.close();
      rig.container = rig.open(rig.medium, OpenMode.READ_WRITE);
    }
    promised();
  }

  /** Closes the container, after which everything is safe. */
  void end() throws IOException, ContainerException {
    Promise last = promises.get(promises.size() - 1);
    rig.container.close();
    synchronized (this) {
      promises.add(
          new Promise(
              rig.medium.eventCount(), states.size(), last.generation(), last.keyGeneration()));
    }
  }

  private void changeKeys() throws IOException, ContainerException {
    try (RecoveryKey key = RecoveryKey.generate(rig.environment.random())) {
      SlotInfo added = rig.container.addRecoveryKey(key);
      if (addedSlot >= 0) {
        rig.container.removeSlot(addedSlot);
      }
      addedSlot = added.number();
    }
    rig.container.commit();
  }

  private boolean hasParent(String path) {
    int slash = path.lastIndexOf('/');
    return slash == 0 || now.get(path.substring(0, slash)) == StoredTree.FOLDER;
  }

  /** A file can be put there, in place of another one or of nothing. */
  private boolean takesFile(String path) {
    return hasParent(path) && now.get(path) != StoredTree.FOLDER;
  }

  /** The state that holds once what is done now is done; it is possible from now on. */
  private Map<String, byte[]> next(String path, byte[] bytes) {
    TreeMap<String, byte[]> then = new TreeMap<>(now);
    then.put(path, bytes);
    possible(then);
    return then;
  }

  private void put(LifeStep.Put put) throws IOException, ContainerException {
    String path = Spellings.canonical(put.path());
    if (!takesFile(path)) {
      return;
    }
    byte[] bytes = Rig.bytes(put.seed(), put.length());
    Map<String, byte[]> then = next(path, bytes);
    rig.put(put.path(), bytes);
    now = then;
  }

  private void edit(LifeStep.Edit edit) throws IOException, ContainerException {
    String path = Spellings.canonical(edit.path());
    if (!takesFile(path)) {
      return;
    }
    Map<String, byte[]> then = next(path, now.getOrDefault(path, new byte[0]));
    try (FileEditor editor = rig.container.edit(Rig.path(edit.path()))) {
      now = then;
      for (LifeStep.EditStep change : edit.changes()) {
        change(editor, path, change);
      }
    }
  }

  private void change(FileEditor editor, String path, LifeStep.EditStep change)
      throws IOException, ContainerException {
    byte[] bytes = now.get(path);
    if (change instanceof LifeStep.EditStep.Write write) {
      byte[] more = Rig.bytes(write.seed(), write.length());
      byte[] longer = Arrays.copyOf(bytes, Math.max(bytes.length, write.at() + more.length));
      System.arraycopy(more, 0, longer, write.at(), more.length);
      editor.write(write.at(), more, 0, more.length);
      now = next(path, longer);
    } else if (change instanceof LifeStep.EditStep.Truncate truncate) {
      editor.truncate(truncate.length());
      now = next(path, Arrays.copyOf(bytes, truncate.length()));
    } else if (change instanceof LifeStep.EditStep.Flush) {
      editor.flush();
    } else {
      rig.container.commit();
      promised();
    }
  }

  private void remove(String spelled) throws IOException, ContainerException {
    String path = Spellings.canonical(spelled);
    boolean full = now.keySet().stream().anyMatch(p -> p.startsWith(path + "/"));
    if (now.containsKey(path) && !full) {
      TreeMap<String, byte[]> then = new TreeMap<>(now);
      then.remove(path);
      possible(then);
      rig.container.remove(Rig.path(spelled));
      now = then;
    }
  }

  private void makeFolder(String spelled) throws IOException, ContainerException {
    String path = Spellings.canonical(spelled);
    if (hasParent(path) && !now.containsKey(path)) {
      Map<String, byte[]> then = next(path, StoredTree.FOLDER);
      rig.container.makeFolder(Rig.path(spelled), FileMeta.at(rig.clock.instant()));
      now = then;
    }
  }

  private void rename(String spelledFrom, String spelledTo) throws IOException, ContainerException {
    String from = Spellings.canonical(spelledFrom);
    String to = Spellings.canonical(spelledTo);
    boolean free = to.equals(from) || now.keySet().stream().noneMatch(p -> p.startsWith(to + "/"));
    if (!now.containsKey(from) || !free || !hasParent(to) || to.startsWith(from + "/")) {
      return;
    }
    TreeMap<String, byte[]> then = new TreeMap<>();
    now.forEach(
        (path, bytes) -> {
          if (path.equals(to) && !to.equals(from)) {
            return; // replaced
          }
          boolean moves = path.equals(from) || path.startsWith(from + "/");
          then.put(moves ? to + path.substring(from.length()) : path, bytes);
        });
    possible(then);
    rig.container.rename(Rig.path(spelledFrom), Rig.path(spelledTo), PutMode.REPLACE);
    now = then;
  }

  private void removeTree(String spelled) throws IOException, ContainerException {
    String path = Spellings.canonical(spelled);
    if (now.containsKey(path)) {
      TreeMap<String, byte[]> then = new TreeMap<>(now);
      then.keySet().removeIf(p -> p.equals(path) || p.startsWith(path + "/"));
      possible(then);
      rig.container.removeTree(Rig.path(spelled), ProgressListener.none());
      now = then;
    }
  }
}
