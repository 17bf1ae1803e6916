package uk.usbguard.core.nio;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** A test of what {@link Files} does, in each world anew. */
abstract class FilesInAWorld {

  static final FileTime THEN = FileTime.from(Instant.parse("2024-02-29T12:34:56Z"));

  /** Whose behaviour is looked at. */
  @Parameter World world;

  FileSystem fs;

  @BeforeEach
  void make() throws Exception {
    fs = world.make();
  }

  @AfterEach
  void close() throws Exception {
    fs.close();
  }

  final Path path(String text) {
    return fs.getPath(text);
  }

  final Path file(String text, String content) throws IOException {
    return Files.writeString(path(text), content);
  }

  final Path folder(String text) throws IOException {
    return Files.createDirectories(path(text));
  }

  static void assertFails(Class<? extends Throwable> type, ThrowingCallable action) {
    assertThatThrownBy(action).isExactlyInstanceOf(type);
  }
}
