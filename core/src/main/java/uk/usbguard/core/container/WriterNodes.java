package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.NodePointer;
import uk.usbguard.core.index.NodeStore;
import uk.usbguard.core.record.Records;

/** Nodes of the index for a session that writes, also those that are not on the medium yet. */
final class WriterNodes implements NodeStore {

  private final CurrentIndex current;
  private final Records records;
  private final CommitWriter writer;

  WriterNodes(CurrentIndex current, Records records, CommitWriter writer) {
    this.current = current;
    this.records = records;
    this.writer = writer;
  }

  @Override
  public byte[] read(NodePointer pointer, int level) throws IOException, DamagedContainerException {
    byte[] sealed = new byte[pointer.sealedLength()];
    current.readSealed(pointer.batch(), pointer.offset(), ByteBuffer.wrap(sealed));
    return NodeIo.open(records, pointer, level, sealed);
  }

  @Override
  public NodePointer write(byte[] plaintext, int length, int level)
      throws IOException, ContainerException {
    return writer.addNode(plaintext, length, level);
  }

  @Override
  public void free(NodePointer pointer) {
    writer.free(pointer.batch(), pointer.sealedLength());
  }
}
