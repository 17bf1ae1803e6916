package uk.usbguard.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.error.CommitLimitException;
import uk.usbguard.core.error.ContainerBusyException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.error.KeyExpiredException;
import uk.usbguard.core.error.KeySlotException;
import uk.usbguard.core.error.LimitExceededException;
import uk.usbguard.core.error.MediumFullException;
import uk.usbguard.core.error.MediumReadException;
import uk.usbguard.core.error.NotAContainerException;
import uk.usbguard.core.error.ReadOnlyContainerException;
import uk.usbguard.core.error.UnsupportedFormatException;
import uk.usbguard.core.error.UnsupportedFormatException.What;
import uk.usbguard.core.error.WrongKeyException;

class FailureDescriberTest {

  private final FailureDescriber describer =
      new FailureDescriber(new Texts(Locale.UK, ZoneOffset.UTC));

  static Stream<Arguments> table() {
    return Stream.of(
        Arguments.of(
            new FileSystemException("c.ugc", null, "Read-only file system"),
            74,
            "read-only-medium"),
        Arguments.of(
            new FileSystemException("c.ugc", null, "The media is write protected."),
            74,
            "read-only-medium"),
        Arguments.of(new WrongKeyException(), 77, "wrong-passphrase"),
        Arguments.of(new NotAContainerException("x"), 65, "not-a-container"),
        Arguments.of(
            new DamagedContainerException(DamagedContainerException.Part.ROOT, -1, "x"),
            65,
            "damaged"),
        Arguments.of(
            new DamagedContainerException(DamagedContainerException.Part.DATA, 4096, "x"),
            65,
            "damaged-data"),
        Arguments.of(new UnsupportedFormatException(What.FORMAT_VERSION, 9), 76, "unsupported"),
        Arguments.of(new LimitExceededException("memory", 9, 8), 65, "limit-exceeded"),
        Arguments.of(new CommitLimitException("generations"), 65, "used-up"),
        Arguments.of(new ContainerBusyException(), 75, "busy"),
        Arguments.of(new MediumFullException(4096, null), 74, "medium-full"),
        Arguments.of(new ReadOnlyContainerException("x"), 80, "read-only"),
        Arguments.of(new KeyExpiredException(Instant.EPOCH), 80, "key-expired"),
        Arguments.of(
            new KeySlotException(KeySlotException.Reason.NO_FREE_SLOT), 73, "no-free-slot"),
        Arguments.of(new KeySlotException(KeySlotException.Reason.LAST_SLOT), 80, "last-slot"),
        Arguments.of(
            MediumReadException.of(new IOException("Input/output error")), 74, "medium-unreadable"),
        Arguments.of(KeySlotException.noSuchSlot(9), 66, "no-such-slot"),
        Arguments.of(
            new KeySlotException(KeySlotException.Reason.TOO_MANY_PASSPHRASES),
            73,
            "too-many-passphrases"),
        Arguments.of(entry(EntryException.Reason.NO_SUCH_ENTRY), 66, "no-such-entry"),
        Arguments.of(entry(EntryException.Reason.EXISTS), 73, "exists"),
        Arguments.of(entry(EntryException.Reason.NOT_A_FOLDER), 66, "not-a-folder"),
        Arguments.of(entry(EntryException.Reason.NOT_A_FILE), 66, "not-a-file"),
        Arguments.of(entry(EntryException.Reason.FOLDER_NOT_EMPTY), 73, "folder-not-empty"),
        Arguments.of(entry(EntryException.Reason.INTO_ITSELF), 64, "into-itself"),
        Arguments.of(entry(EntryException.Reason.NAME_REFUSED), 64, "name-refused"),
        Arguments.of(new NoSuchFileException("f"), 66, "no-such-file"),
        Arguments.of(new FileAlreadyExistsException("f"), 73, "file-exists"),
        Arguments.of(new AccessDeniedException("f"), 74, "access-denied"),
        Arguments.of(new NotDirectoryException("f"), 66, "not-a-directory"),
        Arguments.of(new FileSystemException("f", null, "odd"), 74, "io-file"),
        Arguments.of(new IOException("No space left on device"), 74, "disk-full"),
        Arguments.of(new IOException("odd"), 74, "io"),
        Arguments.of(new IOException((String) null), 74, "io"),
        Arguments.of(new UncheckedIOException(new IOException("odd")), 74, "io"),
        Arguments.of(new CommandException(ExitCode.NO, "not-confirmed", "c"), 1, "not-confirmed"));
  }

  private static EntryException entry(EntryException.Reason reason) {
    return new EntryException(reason, "/letters/\u001b[2J");
  }

  @ParameterizedTest
  @MethodSource("table")
  void everyFailureHasItsCodeAndTwoSentences(Throwable thrown, int code, String id) {
    Failure failure = describer.describe(thrown, "c.ugc").orElseThrow();

    assertThat(failure.code().number()).isEqualTo(code);
    assertThat(failure.id()).isEqualTo(id);
    assertThat(failure.message()).isNotBlank().doesNotContain("{0}", "{1}", "{2}", "\u001b", "\n");
    assertThat(failure.hint()).isNotBlank().doesNotContain("{0}", "{1}", "\n");
  }

  @Test
  void whatNobodyKnowsIsABug() {
    assertThat(describer.describe(new IllegalStateException("x"), "c.ugc")).isEmpty();
    assertThat(describer.describe(new OutOfMemoryError("x"), "c.ugc")).isEmpty();
  }

  @Test
  void theSameBugHasTheSameCodeWhateverItsMessage() {
    String[] codes = new String[2];
    for (int i = 0; i < 2; i++) {
      codes[i] = CrashCode.of(new IllegalStateException("patient " + i, new IOException("n" + i)));
    }
    assertThat(codes[0]).isEqualTo(codes[1]).hasSize(8);
    assertThat(CrashCode.of(new IllegalStateException("elsewhere"))).isNotEqualTo(codes[0]);
    assertThat(CrashCode.trace(new IllegalStateException("Smith", new IOException("Smith"))))
        .contains("caused by java.io.IOException")
        .doesNotContain("Smith");
  }
}
