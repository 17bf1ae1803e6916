package uk.usbguard.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import uk.usbguard.core.check.Verification;
import uk.usbguard.core.check.VerifyReport;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.EntryCursor;
import uk.usbguard.core.container.GenerationMemory;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.ProgressListener;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.WrongKeyException;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;

/** What is in containers that were found on sticks; looks at the same bytes only once. */
final class ContainerLook {

  static final ContainerEnvironment ENVIRONMENT =
      ContainerEnvironment.of(Clock.systemUTC(), new SecureRandom(), GenerationMemory.none());

  private final Path folder;
  private final RecoveryKey key;
  private final Map<String, Seen> seen = new HashMap<>();
  private final Map<String, Boolean> answers = new HashMap<>();

  /** Takes a folder to work in, and what opens them. */
  ContainerLook(Path folder, RecoveryKey key) {
    this.folder = folder;
    this.key = key;
  }

  /** What somebody sees who opens a container. */
  sealed interface Seen {}

  /** It opens, with these files, each with its digest; all of it verified. */
  record Whole(Map<String, String> files) implements Seen {}

  /** It opens, and something in it is named as damaged. */
  record Damaged(VerifyReport report) implements Seen {}

  /** It does not open, and says why. */
  record Refused(ContainerException reason) implements Seen {}

  /** Looks into a container. */
  Seen at(byte[] container) throws IOException {
    String digest = Trees.digest(container);
    Seen known = seen.get(digest);
    if (known == null) {
      known = open(Files.write(folder.resolve("found.ugc"), container));
      seen.put(digest, known);
    }
    return known;
  }

  /** Whether a passphrase opens a container. */
  boolean opens(byte[] container, String phrase) throws Exception {
    String question = Trees.digest(container) + phrase;
    Boolean known = answers.get(question);
    if (known == null) {
      known = isOpenedBy(Files.write(folder.resolve("found.ugc"), container), phrase);
      answers.put(question, known);
    }
    return known;
  }

  private static boolean isOpenedBy(Path path, String phrase) throws Exception {
    try (Passphrase passphrase = Passphrase.of(phrase.toCharArray())) {
      Containers.open(path, Credential.of(passphrase), OpenMode.READ_ONLY, ENVIRONMENT).close();
      return true;
    } catch (WrongKeyException e) {
      return false;
    }
  }

  private Seen open(Path path) throws IOException {
    try (Container container =
        Containers.open(path, Credential.of(key), OpenMode.READ_ONLY, ENVIRONMENT)) {
      VerifyReport report = Verification.verify(container, ProgressListener.none());
      return report.isSound() ? new Whole(files(container)) : new Damaged(report);
    } catch (ContainerException e) {
      return new Refused(e);
    }
  }

  private static Map<String, String> files(Container container)
      throws IOException, ContainerException {
    Map<String, String> files = new TreeMap<>();
    Deque<ContainerPath> folders = new ArrayDeque<>();
    folders.push(ContainerPath.ROOT);
    while (!folders.isEmpty()) {
      ContainerPath folder = folders.pop();
      EntryCursor entries = container.list(folder);
      while (entries.advance()) {
        ContainerPath path = folder.child(entries.current().name());
        if (entries.current().isFolder()) {
          folders.push(path);
        } else {
          MessageDigest digest = Trees.sha256();
          container.openFile(path).transferTo(digest::update);
          files.put(String.join("/", path.names()), HexFormat.of().formatHex(digest.digest()));
        }
      }
    }
    return files;
  }
}
