package uk.usbguard.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("AUD-02: files and folders that are their owner's only")
class PrivateFileTest {

  private static final int ROUNDS = 2000;

  @TempDir private Path temp;

  @Test
  @DisplayName("a folder that two make at the same moment is made once and is no error for either")
  void twoMakeOneFolder() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    Callable<Void> makeAll =
        () -> {
          for (int round = 0; round < ROUNDS; round++) {
            together.await();
            PrivateFile.createFolder(temp.resolve("folder" + round));
          }
          return null;
        };
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      List<Future<Void>> both = new ArrayList<>(two.invokeAll(List.of(makeAll, makeAll)));
      for (Future<Void> one : both) {
        one.get();
      }
    } finally {
      two.shutdownNow();
    }
    assertThat(temp.resolve("folder" + (ROUNDS - 1))).isDirectory();
  }

  @Test
  @DisplayName("a file that has the folder's name is left as it is")
  void aFileInItsPlace() throws IOException {
    Path file = Files.writeString(temp.resolve("folder"), "kept");
    assertThatThrownBy(() -> PrivateFile.createFolder(file))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("kept");
  }
}
