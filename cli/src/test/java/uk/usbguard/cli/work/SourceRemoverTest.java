package uk.usbguard.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.render.NoteKind;
import uk.usbguard.cli.render.Notes;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.CreateOptions;
import uk.usbguard.core.container.FileMeta;
import uk.usbguard.core.container.GenerationMemory;
import uk.usbguard.core.container.PassphraseCost;
import uk.usbguard.core.container.PutMode;
import uk.usbguard.core.secret.Passphrase;

class SourceRemoverTest {

  @TempDir private Path temp;

  @Test
  @DisplayName("ENC-02: a folder is flushed after files in it were removed, before the next commit")
  void whatIsRemovedIsFlushed() throws Exception {
    var environment =
        ContainerEnvironment.of(Clock.systemUTC(), new SecureRandom(), GenerationMemory.none());
    var options =
        CreateOptions.defaults().withCost(new PassphraseCost(19_456, 2, 1)).withRecoveryKey(false);
    Path ward = Files.createDirectories(temp.resolve("drive/ward"));
    Path letter = Files.writeString(ward.resolve("letter"), "letter");
    List<String> flushed = new ArrayList<>();
    try (var passphrase = Passphrase.of("violet harbour quilt".toCharArray());
        var made = Containers.create(temp.resolve("c.ugc"), options, passphrase, environment)) {
      SourceRemover remover =
          new SourceRemover(
              made.container(),
              new Notes(),
              folder ->
                  flushed.add(folder.getFileName() + (Files.exists(letter) ? " too early" : "")));
      made.container()
          .put(
              ContainerPath.parse("letter"),
              FileMeta.at(Instant.EPOCH),
              Files.newInputStream(letter),
              PutMode.CREATE);
      remover.stored(letter, ContainerPath.parse("letter"), 6);
      remover.removeStored();
      assertThat(flushed).containsExactly("ward");
      remover.removeEmptyFolders(List.of(temp.resolve("drive")), temp.resolve("drive"));
      assertThat(flushed).containsExactly("ward", "drive");
    }
  }

  @Test
  void aFileThatChangedSinceItWasStoredStays() throws Exception {
    var environment =
        ContainerEnvironment.of(Clock.systemUTC(), new SecureRandom(), GenerationMemory.none());
    var options =
        CreateOptions.defaults().withCost(new PassphraseCost(19_456, 2, 1)).withRecoveryKey(false);
    Path same = Files.writeString(temp.resolve("same"), "same");
    Path changed = Files.writeString(temp.resolve("changed"), "before");
    Path gone = temp.resolve("gone");
    Notes notes = new Notes();
    try (var passphrase = Passphrase.of("violet harbour quilt".toCharArray());
        var made = Containers.create(temp.resolve("c.ugc"), options, passphrase, environment)) {
      SourceRemover remover = new SourceRemover(made.container(), notes);
      for (Path file : new Path[] {same, changed, gone}) {
        ContainerPath path = ContainerPath.parse(file.getFileName().toString());
        byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        made.container()
            .put(
                path,
                FileMeta.at(Instant.EPOCH),
                new ByteArrayInputStream(content),
                PutMode.CREATE);
        remover.stored(file, path, content.length);
      }
      Files.writeString(changed, "after!");
      remover.removeStored();

      assertThat(remover.removed()).isEqualTo(1);
    }
    assertThat(same).doesNotExist();
    assertThat(changed).hasContent("after!");
    assertThat(notes.count(NoteKind.NOT_REMOVED)).isEqualTo(2);
  }
}
