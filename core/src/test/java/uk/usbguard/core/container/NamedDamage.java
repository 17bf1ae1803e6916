package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import uk.usbguard.core.check.Finding;
import uk.usbguard.core.check.Verification;
import uk.usbguard.core.check.VerifyReport;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.EntryException;

/** What does not verify is named, and what is not named is right. */
final class NamedDamage {

  private NamedDamage() {}

  /** Compares a damaged container with what should be in it. */
  static void require(Container container, Map<String, byte[]> expected, Object what)
      throws IOException, ContainerException {
    VerifyReport report = Verification.verify(container, ProgressListener.none());
    assertThat(report.isSound()).as("%s: verification finds the damage", what).isFalse();
    List<String> files = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    for (Finding finding : report.findings()) {
      if (finding instanceof Finding.DamagedFile file) {
        files.add(Spellings.canonical(file.path().toString()));
      } else if (finding instanceof Finding.DamagedFolder folder) {
        folders.add(Spellings.canonical(folder.path().toString()));
      }
    }
    for (Map.Entry<String, byte[]> entry : expected.entrySet()) {
      if (entry.getValue() != StoredTree.FOLDER) {
        String path = entry.getKey();
        boolean named = files.contains(path) || isBelow(path, folders);
        assertThat(isRight(container, path, entry.getValue()) || named)
            .as("%s: %s is right or named by the verification", what, path)
            .isTrue();
      }
    }
  }

  /** What a folder's damaged part of the index held is below the folder. */
  private static boolean isBelow(String path, Collection<String> folders) {
    return folders.stream().anyMatch(folder -> path.startsWith(folder + "/"));
  }

  /**
   * True if it can be read and is what it should be, false if reading says that it cannot be read.
   */
  private static boolean isRight(Container container, String path, byte[] expected)
      throws IOException, ContainerException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      container.openFile(Rig.path(path)).transferTo(out);
    } catch (DamagedContainerException | EntryException e) {
      return false;
    }
    assertThat(out.toByteArray()).as("silently wrong bytes in %s", path).isEqualTo(expected);
    return true;
  }
}
