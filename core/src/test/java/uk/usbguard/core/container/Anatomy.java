package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.BatchPlace;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.ExtentRun;
import uk.usbguard.core.format.Frame;
import uk.usbguard.core.format.InnerNode;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.LeafNode;
import uk.usbguard.core.format.Node;
import uk.usbguard.core.format.NodeCodec;
import uk.usbguard.core.format.NodePointer;

/** Where in the files of an open container what stands, for tests that damage it. */
public final class Anatomy {

  /** A part of the files. */
  public record Part(long position, int length) {}

  private final Map<Integer, List<Part>> nodes = new TreeMap<>();
  private final Map<Part, List<Key.Kind>> leafKinds = new LinkedHashMap<>();
  private final Map<String, List<Part>> data = new TreeMap<>();
  private final Map<Long, String> names = new TreeMap<>();
  private final Frame frame;
  private final CommitRecord record;

  private Anatomy(Session session, BatchPlace last) throws IOException, DamagedContainerException {
    this.record = session.current();
    this.frame = session.storage().batches().frame(last);
  }

  /** Looks through the newest commit. */
  public static Anatomy of(Container container) throws IOException, ContainerException {
    Session session = container.session();
    FoundCommit found = session.storage().newestCommit();
    Anatomy anatomy = new Anatomy(session, found.identity().place());
    if (found.record().root().isPresent()) {
      CommitRecord.RootNode root = found.record().root().get();
      anatomy.look(session, root.pointer(), root.level());
    }
    return anatomy;
  }

  /** What is wrong with the books of space. */
  public static List<String> auditOf(Container container) throws IOException, ContainerException {
    return BookAudit.of(container).faults();
  }

  private void look(Session session, NodePointer pointer, int level)
      throws IOException, DamagedContainerException {
    Part part = new Part(pointer.position(), pointer.sealedLength());
    nodes.computeIfAbsent(level, l -> new ArrayList<>()).add(part);
    byte[] plain =
        NodeIo.open(session.storage().file(), session.storage().records(), pointer, level);
    Node node = NodeCodec.decode(plain, level, pointer.position());
    if (node instanceof InnerNode inner) {
      for (NodePointer child : inner.children()) {
        look(session, child, level - 1);
      }
    } else if (node instanceof LeafNode leaf) {
      look(part, leaf);
    }
  }

  private void look(Part part, LeafNode leaf) {
    leafKinds.put(part, leaf.keys().stream().map(Key::kind).distinct().toList());
    for (int i = 0; i < leaf.keys().size(); i++) {
      if (leaf.values().get(i) instanceof DirectoryEntry entry) {
        names.put(entry.objectId(), entry.name());
        if (entry.content() instanceof EntryContent.OneRecord one) {
          add(entry.name(), one.record());
        }
      } else if (leaf.values().get(i) instanceof ExtentRun run) {
        String name = names.getOrDefault(leaf.keys().get(i).id(), "?");
        for (int n = 0; n < run.count(); n++) {
          add(name, run.record(n));
        }
      }
    }
  }

  private void add(String name, DataPointer record) {
    data.computeIfAbsent(name, n -> new ArrayList<>())
        .add(new Part(record.position(), record.sealedLength()));
  }

  /** The level of the root. */
  public int rootLevel() {
    return record.root().orElseThrow().level();
  }

  /** The nodes of a level, in the order of their keys. */
  public List<Part> nodes(int level) {
    return nodes.getOrDefault(level, List.of());
  }

  /** The leaves that hold keys of a kind. */
  public List<Part> leavesOf(Key.Kind kind) {
    return leafKinds.entrySet().stream()
        .filter(leaf -> leaf.getValue().contains(kind))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The records of the content of a file, by its name. */
  public List<Part> data(String name) {
    return data.getOrDefault(name, List.of());
  }

  /** The sealed commit record. */
  public Part commitRecord() {
    return new Part(frame.position() + frame.commitOffset(), frame.commitLength());
  }

  /** The first chunk of the sealed trailer of the last batch. */
  public Part trailer() {
    return new Part(frame.position() + frame.trailerOffset(), frame.trailerLength());
  }

  /** The last batch. */
  public Part lastBatch() {
    return new Part(frame.position(), frame.length());
  }

  /** The generation. */
  public long generation() {
    return record.generation();
  }

  /** Where appending goes on. */
  public long end() {
    return record.end();
  }
}
