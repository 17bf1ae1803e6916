package uk.usbguard.core.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.audit.AuditException.Reason;
import uk.usbguard.core.file.PrivateFile;
import uk.usbguard.core.signing.KeyFiles;
import uk.usbguard.core.signing.SignatureAlgorithm;
import uk.usbguard.core.signing.Signer;
import uk.usbguard.core.signing.SigningException;
import uk.usbguard.core.signing.StoredKey;

/**
 * A log that is open for writing. An event whose {@link #record} has returned is on the medium and
 * survives the end of the process, however it ends; events of several threads share one write.
 * Several programs may have the same log open: at any moment one of them writes.
 *
 * <p>It does not keep anybody who may write to the folder from destroying the log. What of that is
 * noticed stands in docs/audit.md.
 */
public final class AuditLog implements AutoCloseable {

  private final AuditSettings settings;
  private final Appender appender;
  private final NameHash names;
  private final GroupQueue queue = new GroupQueue();
  private final Thread writer;

  /** Written by the writer, read after it has ended. */
  private @Nullable Throwable closingFailure;

  private AuditLog(AuditSettings settings, Appender appender, NameHash names) {
    this.settings = settings;
    this.appender = appender;
    this.names = names;
    this.writer = new Thread(this::write, "usbguard-audit");
    this.writer.setDaemon(true);
  }

  /** Opens the log in this folder, or makes it: folder, keys, first file. */
  public static AuditLog open(Path folder, AuditSettings settings)
      throws IOException, AuditException {
    LogFolder files = new LogFolder(folder);
    SecureRandom random = settings.random().get();
    makeMissing(files, settings, random);
    NameHash names = NameHash.read(files.namesKey(), random);
    Signer signer = signer(files, random);
    Appender appender = new Appender(files, settings, signer, names);
    boolean open = false;
    try {
      appender.prepare();
      open = true;
    } finally {
      if (!open) {
        appender.close();
        names.close();
      }
    }
    AuditLog log = new AuditLog(settings, appender, names);
    log.writer.start();
    return log;
  }

  private static void makeMissing(LogFolder files, AuditSettings settings, SecureRandom random)
      throws IOException, AuditException {
    Path parent = files.path().toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    PrivateFile.createFolder(files.path());
    if (Files.exists(files.publicKey()) || !files.files().isEmpty()) {
      return; // a log without its keys is not a new log
    }
    files.exclusively(settings.limits().patience(), () -> makeKeys(files, settings, random));
  }

  /**
   * Two programs may have started at once: the public key comes last and says that all is there.
   */
  private static void makeKeys(LogFolder files, AuditSettings settings, SecureRandom random)
      throws IOException {
    if (!Files.exists(files.publicKey())) {
      Files.deleteIfExists(files.signingKey()); // of a start that was cut off
      Files.deleteIfExists(files.namesKey());
      NameHash.create(files.namesKey(), random);
      byte[] publicKey =
          new KeyFiles(random).createUnsealed(files.signingKey(), settings.algorithm()).file();
      PrivateFile.create(files.publicKey(), publicKey);
    }
  }

  private static Signer signer(LogFolder files, SecureRandom random)
      throws IOException, AuditException {
    try (StoredKey key = new KeyFiles(random).read(files.signingKey())) {
      return key.open();
    } catch (SigningException | NoSuchFileException e) {
      throw new AuditException(Reason.NO_KEY, e);
    }
  }

  /** By which its checkpoints are signed. */
  public SignatureAlgorithm algorithm() {
    return appender.algorithm();
  }

  /** Records an event and returns the number of its entry once it is on the medium. */
  public long record(AuditEvent event) throws IOException, AuditException {
    return submit(event).await();
  }

  /** Takes an event in; the receipt says when it is on the medium. */
  public AuditReceipt submit(AuditEvent event) throws AuditException {
    return submit(event, 0);
  }

  /**
   * Records that something begins. How it ends is recorded when the scope is closed: as a failure,
   * unless the scope was told otherwise.
   */
  public AuditScope begin(AuditAction action, AuditSubject subject)
      throws IOException, AuditException {
    AuditEvent event = AuditEvent.of(action, AuditResult.BEGUN, subject);
    return new AuditScope(this, event, record(event));
  }

  AuditReceipt submit(AuditEvent event, long begun) throws AuditException {
    PendingEvent pending = new PendingEvent(event, begun);
    queue.add(pending);
    return pending;
  }

  /** Whatever ends the writer: nobody waits for it then. */
  private void write() {
    try {
      writeUntilClosed();
    } catch (RuntimeException | Error e) {
      closingFailure = e;
      queue.close();
      failWaiting(e);
    }
  }

  private void failWaiting(Throwable cause) {
    while (!queue.isFinished()) {
      queue.take(0).forEach(pending -> pending.fail(cause));
    }
  }

  private void writeUntilClosed() {
    long interval = settings.limits().checkpointInterval().toNanos();
    long signedAt = System.nanoTime();
    while (!queue.isFinished()) {
      List<PendingEvent> group = queue.take(interval);
      if (!group.isEmpty()) {
        write(group);
      }
      if (appender.hasUncovered() && System.nanoTime() - signedAt >= interval) {
        signedAt = System.nanoTime();
        checkpoint("time");
      } else if (!appender.hasUncovered()) {
        signedAt = System.nanoTime();
      }
    }
    checkpoint("close");
  }

  private void write(List<PendingEvent> group) {
    try {
      appender.append(group);
      group.forEach(PendingEvent::acknowledge);
    } catch (IOException | AuditException | RuntimeException e) {
      group.forEach(pending -> pending.fail(e));
    } catch (Error e) { // the writer ends: nobody knows what is broken
      group.forEach(pending -> pending.fail(e));
      throw e;
    }
  }

  /** What fails here is told on closing, and tried again with the next one. */
  private void checkpoint(String cause) {
    try {
      appender.checkpoint(cause);
      closingFailure = null;
    } catch (IOException | AuditException | RuntimeException e) {
      closingFailure = e;
    }
  }

  /** Writes what was taken in, signs, and ends. Closing again does nothing. */
  @Override
  public void close() throws IOException {
    queue.close();
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    appender.close();
    names.close();
    Throwable failure = closingFailure;
    closingFailure = null;
    if (failure != null) {
      throw new IOException("the audit log could not be signed", failure);
    }
  }
}
