package uk.usbguard.core.index;

import java.io.IOException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.NodePointer;

/** Where nodes are sealed and kept. Its methods do not call back into the index. */
public interface NodeStore {

  /**
   * The plaintext of a node.
   *
   * @throws DamagedContainerException if what lies there is not that node
   */
  byte[] read(NodePointer pointer, int level) throws IOException, DamagedContainerException;

  /**
   * Takes a new node. The array belongs to the caller and is used again after the call.
   *
   * @return a pointer that was never given out before
   */
  NodePointer write(byte[] plaintext, int length, int level) throws IOException, ContainerException;

  /** Says that the tree no longer refers to this node. Called once for each. */
  void free(NodePointer pointer);
}
