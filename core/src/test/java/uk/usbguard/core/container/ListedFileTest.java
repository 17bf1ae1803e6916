package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.error.EntryException;

@DisplayName("ENC-03: a file that a listing has come to")
class ListedFileTest {

  private final Map<String, byte[]> files =
      new TreeMap<>(
          Map.of(
              "empty", new byte[0],
              "inline", Rig.bytes(1, 40),
              "one record", Rig.bytes(2, 30_000),
              "one full record", Rig.bytes(3, 65_536),
              "runs", Rig.bytes(4, 300_000)));
  private Rig rig;

  @BeforeEach
  void makeContainer() throws Exception {
    rig = new Rig(64);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      rig.put("/" + file.getKey(), file.getValue());
    }
    rig.container.makeFolder(Rig.path("/zz"), FileMeta.at(rig.clock.instant()));
    rig.reopen();
  }

  private static byte[] content(FileReader reader) throws Exception {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    reader.transferTo(content);
    return content.toByteArray();
  }

  @Test
  @DisplayName("is read without being looked up, whatever its size")
  void isRead() throws Exception {
    Map<String, byte[]> read = new TreeMap<>();
    EntryCursor cursor = rig.container.list(ContainerPath.ROOT);
    while (cursor.advance() && !cursor.current().isFolder()) {
      read.put(cursor.current().name(), content(cursor.openCurrent()));
    }
    assertThat(StoredTree.difference(read, files)).isEmpty();
    assertThatThrownBy(cursor::openCurrent).isInstanceOf(IllegalStateException.class);
    rig.container.close();
  }

  @Test
  @DisplayName("ends its reading with an error when it was removed since")
  void isGone() throws Exception {
    EntryCursor cursor = rig.container.list(ContainerPath.ROOT);
    while (cursor.advance() && !cursor.current().name().equals("runs")) {
      assertThat(cursor.current().isFolder()).isFalse();
    }
    FileReader reader = cursor.openCurrent();
    rig.container.remove(Rig.path("/runs"));
    assertThatThrownBy(() -> content(reader)).isInstanceOf(EntryException.class);
    rig.container.close();
  }
}
