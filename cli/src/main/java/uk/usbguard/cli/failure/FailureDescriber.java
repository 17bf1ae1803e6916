package uk.usbguard.cli.failure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.audit.AuditException;
import uk.usbguard.core.error.CommitLimitException;
import uk.usbguard.core.error.ContainerBusyException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DiskFull;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.error.KeyExpiredException;
import uk.usbguard.core.error.KeySlotException;
import uk.usbguard.core.error.LimitExceededException;
import uk.usbguard.core.error.MediumFullException;
import uk.usbguard.core.error.MediumReadException;
import uk.usbguard.core.error.NotAContainerException;
import uk.usbguard.core.error.NotAFileException;
import uk.usbguard.core.error.ReadOnlyContainerException;
import uk.usbguard.core.error.UnfinishedContainerException;
import uk.usbguard.core.error.UnsupportedFormatException;
import uk.usbguard.core.error.WrongKeyException;
import uk.usbguard.core.passphrase.PassphraseRefusedException;
import uk.usbguard.core.passphrase.RefusalText;
import uk.usbguard.core.secret.RecoveryKeyFormatException;
import uk.usbguard.core.secret.UnusablePassphraseException;
import uk.usbguard.core.signing.SigningException;

/** Says what an exception means. Whatever it does not know is our bug. */
public final class FailureDescriber {

  private final Texts texts;
  private final Sentences sentences;

  public FailureDescriber(Texts texts) {
    this.texts = texts;
    this.sentences = new Sentences(texts);
  }

  /** Makes the sentences; empty if the exception is none that a correct program lets through. */
  public Optional<Failure> describe(Throwable thrown, String container) {
    String name = Printable.name(container);
    if (thrown instanceof UncheckedIOException wrapped) {
      return describe(Objects.requireNonNull(wrapped.getCause()), container);
    }
    if (thrown instanceof CommandException e) {
      return Optional.of(sentence(e.code(), e.id(), e.facts().toArray()));
    }
    if (thrown instanceof PassphraseRefusedException e) {
      return Optional.of(refused(e));
    }
    if (thrown instanceof RecoveryKeyFormatException e) {
      return Optional.of(recoveryKey(e));
    }
    if (thrown instanceof EntryException e) {
      return Optional.of(entry(e));
    }
    if (thrown instanceof AuditException e) {
      return Optional.of(audit(e));
    }
    if (thrown instanceof SigningException e) {
      return Optional.of(signing(e));
    }
    if (thrown instanceof MediumReadException e) {
      return Optional.of(
          sentence(ExitCode.IO, "medium-unreadable", name, String.valueOf(e.getMessage())));
    }
    if (thrown instanceof IOException e) {
      return Optional.of(io(e));
    }
    Optional<Failure> known = container(thrown, name);
    return known.isPresent() ? known : new RegisterFailures(texts).describe(thrown);
  }

  /** A failure with the sentences of this id. */
  public Failure sentence(ExitCode code, String id, Object... facts) {
    return sentences.of(code, id, facts);
  }

  private Optional<Failure> container(Throwable thrown, String name) {
    Failure failure = null;
    if (thrown instanceof WrongKeyException) {
      failure = sentence(ExitCode.WRONG_KEY, "wrong-passphrase", name);
    } else if (thrown instanceof DamagedContainerException e) {
      failure = damaged(e, name);
    } else if (thrown instanceof UnfinishedContainerException) {
      failure = sentence(ExitCode.DAMAGED, "unfinished", name);
    } else if (thrown instanceof NotAContainerException) {
      failure = sentence(ExitCode.DAMAGED, "not-a-container", name);
    } else if (thrown instanceof UnsupportedFormatException e) {
      failure = sentence(ExitCode.UNSUPPORTED, "unsupported", name, unsupported(e));
    } else if (thrown instanceof LimitExceededException e) {
      failure =
          sentence(ExitCode.DAMAGED, "limit-exceeded", name, e.what(), e.claimed(), e.limit());
    } else if (thrown instanceof CommitLimitException) {
      failure = sentence(ExitCode.DAMAGED, "used-up", name);
    } else if (thrown instanceof ContainerBusyException) {
      failure = sentence(ExitCode.BUSY, "busy", name);
    } else if (thrown instanceof MediumFullException e) {
      failure = sentence(ExitCode.IO, "medium-full", name, texts.size(e.neededBytes()));
    } else if (thrown instanceof ReadOnlyContainerException) {
      failure = sentence(ExitCode.DENIED, "read-only", name);
    } else if (thrown instanceof KeyExpiredException e) {
      failure = sentence(ExitCode.DENIED, "key-expired", name, texts.date(e.madeAt()));
    } else if (thrown instanceof KeySlotException e) {
      failure = slot(e, name);
    } else if (thrown instanceof UnusablePassphraseException) {
      failure = sentence(ExitCode.USAGE, "unusable-passphrase");
    }
    return Optional.ofNullable(failure);
  }

  /** Repair cannot bring content back, so that is not the advice for it. */
  private Failure damaged(DamagedContainerException e, String name) {
    return e.part() == DamagedContainerException.Part.DATA
        ? sentence(ExitCode.DAMAGED, "damaged-data", name, place(e))
        : sentence(ExitCode.DAMAGED, "damaged", name, part(e), place(e));
  }

  private Failure audit(AuditException e) {
    return switch (e.reason()) {
      case BUSY, CLOSED -> sentence(ExitCode.BUSY, "audit-busy");
      case NO_LOG -> sentence(ExitCode.NOT_FOUND, "no-audit-log");
      case NO_KEY, OTHER_KEY -> sentence(ExitCode.DAMAGED, "audit-key");
      case UNREADABLE -> sentence(ExitCode.DAMAGED, "audit-unreadable");
      case NOT_A_FILE -> sentence(ExitCode.DAMAGED, "audit-not-a-file");
    };
  }

  private Failure signing(SigningException e) {
    return switch (e.reason()) {
      case NOT_A_SIGNING_KEY -> sentence(ExitCode.DAMAGED, "not-a-signing-key");
      case NOT_A_PUBLIC_KEY -> sentence(ExitCode.DAMAGED, "not-a-public-key");
      case NOT_A_SIGNATURE -> sentence(ExitCode.DAMAGED, "not-a-signature");
      case WRONG_PASSPHRASE, SEALED -> sentence(ExitCode.WRONG_KEY, "signing-key-sealed");
      case EXPOSED -> sentence(ExitCode.DENIED, "signing-key-exposed");
    };
  }

  private Failure slot(KeySlotException e, String name) {
    return switch (e.reason()) {
      case NO_FREE_SLOT -> sentence(ExitCode.CANNOT_CREATE, "no-free-slot", name);
      case LAST_SLOT -> sentence(ExitCode.DENIED, "last-slot", name);
      case NO_SUCH_SLOT -> sentence(ExitCode.NOT_FOUND, "no-such-slot", name, e.slot());
      case TOO_MANY_PASSPHRASES -> sentence(ExitCode.CANNOT_CREATE, "too-many-passphrases", name);
    };
  }

  private Failure entry(EntryException e) {
    ExitCode code =
        switch (e.reason()) {
          case NO_SUCH_ENTRY, NOT_A_FOLDER, NOT_A_FILE -> ExitCode.NOT_FOUND;
          case EXISTS, FOLDER_NOT_EMPTY -> ExitCode.CANNOT_CREATE;
          case INTO_ITSELF, NAME_REFUSED -> ExitCode.USAGE;
        };
    String id = e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return sentence(code, id, Printable.name(e.path()));
  }

  private Failure recoveryKey(RecoveryKeyFormatException e) {
    return e.group().isPresent()
        ? sentence(ExitCode.USAGE, "recovery-key-format", e.group().getAsInt())
        : sentence(ExitCode.USAGE, "recovery-key-length", e.symbols().orElse(0));
  }

  private Failure refused(PassphraseRefusedException e) {
    RefusalText text = RefusalText.of(e.refusal(), texts.locale());
    return new Failure(
        ExitCode.DENIED, "passphrase-" + e.refusal().code(), text.what(), text.remedy());
  }

  private Failure io(IOException e) {
    if (DiskFull.is(e)) {
      return sentence(ExitCode.IO, "disk-full");
    }
    if (!(e instanceof FileSystemException file) || file.getFile() == null) {
      return sentence(ExitCode.IO, "io", String.valueOf(e.getMessage()));
    }
    String path = Printable.name(file.getFile());
    if (e instanceof NoSuchFileException) {
      return sentence(ExitCode.NOT_FOUND, "no-such-file", path);
    }
    if (e instanceof FileAlreadyExistsException) {
      return sentence(ExitCode.CANNOT_CREATE, "file-exists", path);
    }
    if (e instanceof AccessDeniedException) {
      return sentence(ExitCode.IO, "access-denied", path);
    }
    if (e instanceof NotAFileException) {
      return sentence(ExitCode.DAMAGED, "no-regular-file", path);
    }
    if (e instanceof NotDirectoryException) {
      return sentence(ExitCode.NOT_FOUND, "not-a-directory", path);
    }
    if (isReadOnly(file)) {
      return sentence(ExitCode.IO, "read-only-medium", path);
    }
    return sentence(ExitCode.IO, "io-file", path, String.valueOf(file.getReason()));
  }

  /** Java has no exception type for this either; the words are those of Linux and of Windows. */
  private static boolean isReadOnly(FileSystemException e) {
    String reason = String.valueOf(e.getReason()).toLowerCase(Locale.ROOT);
    return reason.contains("read-only file system") || reason.contains("write protected");
  }

  /** By its name where it has one: "the profile fips". */
  private String unsupported(UnsupportedFormatException e) {
    String what = "unsupported." + e.what().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String named = what + "." + e.claimed();
    return texts.has(named) ? texts.get(named) : texts.get(what, e.claimed());
  }

  private String part(DamagedContainerException e) {
    return texts.get("part." + e.part().name().toLowerCase(Locale.ROOT));
  }

  private String place(DamagedContainerException e) {
    return e.position() < 0 ? "" : texts.get("damaged.at", "0x" + Long.toHexString(e.position()));
  }
}
