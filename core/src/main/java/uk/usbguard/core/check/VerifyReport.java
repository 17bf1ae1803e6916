package uk.usbguard.core.check;

import java.util.List;

/**
 * What a verification found.
 *
 * @param files that were read
 * @param folders that were read
 * @param bytes of content that were read
 * @param findings everything that is wrong
 */
public record VerifyReport(long files, long folders, long bytes, List<Finding> findings) {

  /** Copies the list. */
  public VerifyReport {
    findings = List.copyOf(findings);
  }

  /** True if nothing of what is stored is lost. */
  public boolean isSound() {
    return findings.stream().noneMatch(Finding::losesData);
  }
}
