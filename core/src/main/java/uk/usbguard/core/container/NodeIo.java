package uk.usbguard.core.container;

import java.io.IOException;
import java.util.Arrays;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.format.NodePointer;
import uk.usbguard.core.format.RecordName;
import uk.usbguard.core.format.Tag;
import uk.usbguard.core.index.NodeStore;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.record.Records;

/** Nodes of the index in the files of a container, for reading. */
final class NodeIo implements NodeStore {

  private final SegmentedFile file;
  private final Records records;

  NodeIo(SegmentedFile file, Records records) {
    this.file = file;
    this.records = records;
  }

  /** The plaintext of the node that a pointer names. */
  static byte[] open(SegmentedFile file, Records records, NodePointer pointer, int level)
      throws IOException, DamagedContainerException {
    byte[] sealed = new byte[pointer.sealedLength()];
    file.read(pointer.position(), sealed, 0, sealed.length);
    return open(records, pointer, level, sealed);
  }

  /** The plaintext of a sealed node. */
  static byte[] open(Records records, NodePointer pointer, int level, byte[] sealed)
      throws DamagedContainerException {
    byte[] plain = new byte[pointer.plainLength()];
    RecordName name = RecordName.node(pointer.epoch(), pointer.sequence(), level);
    byte[] tag = Arrays.copyOfRange(sealed, sealed.length - Tag.LENGTH, sealed.length);
    if (!pointer.tag().equals(Tag.of(tag))
        || !records.open(name, sealed, 0, sealed.length, plain, 0)) {
      throw new DamagedContainerException(Part.INDEX, pointer.position(), "node of level " + level);
    }
    return plain;
  }

  @Override
  public byte[] read(NodePointer pointer, int level) throws IOException, DamagedContainerException {
    return open(file, records, pointer, level);
  }

  @Override
  public NodePointer write(byte[] plaintext, int length, int level) throws ContainerException {
    throw new BugException("a reader writes a node");
  }

  @Override
  public void free(NodePointer pointer) {
    throw new BugException("a reader frees a node");
  }
}
