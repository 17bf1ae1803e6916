package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.error.EntryException.Reason;

@DisplayName("ENC-03: an entry takes the place of another in one step")
class RenameTest {

  private Rig rig;

  @BeforeEach
  void makeContainer() throws Exception {
    rig = new Rig(64);
    rig.put("/old", Rig.bytes(1, 200_000));
    rig.put("/new", Rig.bytes(2, 300));
    rig.container.makeFolder(Rig.path("/folder"), FileMeta.at(rig.clock.instant()));
    rig.put("/folder/inside", Rig.bytes(3, 10));
    rig.container.makeFolder(Rig.path("/empty"), FileMeta.at(rig.clock.instant()));
  }

  @Test
  @DisplayName("a file replaces a file, whose space and count are given back")
  void replacesAFile() throws Exception {
    rig.container.rename(Rig.path("/new"), Rig.path("/OLD"), PutMode.REPLACE);
    rig.reopen();

    assertThat(rig.get("/old")).isEqualTo(Rig.bytes(2, 300));
    assertThat(rig.container.require(Rig.path("/old")).name()).isEqualTo("OLD");
    assertThat(rig.container.find(Rig.path("/new"))).isEmpty();
    assertThat(rig.container.info().files()).isEqualTo(2);
    assertThat(rig.container.info().payloadBytes()).isEqualTo(310);
    rig.container.close();
  }

  @Test
  @DisplayName("a folder replaces an empty folder, with all that is in it")
  void replacesAnEmptyFolder() throws Exception {
    rig.container.rename(Rig.path("/folder"), Rig.path("/empty"), PutMode.REPLACE);
    rig.reopen();

    assertThat(rig.get("/empty/inside")).isEqualTo(Rig.bytes(3, 10));
    assertThat(rig.container.info().folders()).isEqualTo(1);
    rig.container.close();
  }

  @Test
  @DisplayName("what is in a folder is never replaced, nor anything without being asked to")
  void refuses() throws Exception {
    assertRefused("/new", "/folder", PutMode.REPLACE, Reason.FOLDER_NOT_EMPTY);
    assertRefused("/new", "/old", PutMode.CREATE, Reason.EXISTS);
    assertRefused("/folder", "/folder/deeper", PutMode.REPLACE, Reason.INTO_ITSELF);
    assertThat(rig.container.info().files()).isEqualTo(3);
    rig.container.close();
  }

  @Test
  @DisplayName("a new spelling of its own name replaces nothing")
  void changesTheSpelling() throws Exception {
    rig.container.rename(Rig.path("/old"), Rig.path("/Old"), PutMode.CREATE);
    assertThat(rig.container.require(Rig.path("/old")).name()).isEqualTo("Old");
    assertThat(rig.get("/old")).isEqualTo(Rig.bytes(1, 200_000));
    rig.container.close();
  }

  private void assertRefused(String from, String to, PutMode mode, Reason reason) {
    assertThatThrownBy(() -> rig.container.rename(Rig.path(from), Rig.path(to), mode))
        .isInstanceOfSatisfying(
            EntryException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
