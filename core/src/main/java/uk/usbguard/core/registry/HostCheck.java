package uk.usbguard.core.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the PC that saw a drive says of itself: CHK-02. The register believes it; who asks the PC
 * vouches for the answer.
 *
 * @param antivirusDays how old the definitions of its virus scanner are; null if nobody could tell
 * @param software the version of this program on it
 * @param policy the version of the policy in force on it
 * @param pendingUpdates how many updates of the system wait to be installed
 */
public record HostCheck(
    @Nullable Integer antivirusDays, String software, String policy, int pendingUpdates) {

  /** Older definitions are a finding. */
  static final int ANTIVIRUS_DAYS = 7;

  private static final int VERSION_LENGTH = 40;

  /** What is not as it should be on that PC. */
  public enum HostFinding {
    /** The definitions are more than a week old. */
    ANTIVIRUS_OLD,
    /** Nobody could tell how old they are. */
    ANTIVIRUS_UNKNOWN,
    /** Updates wait. */
    UPDATES_PENDING;

    /** As in JSON and in the keys of texts: {@code antivirus-old}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Refuses negative numbers. */
  public HostCheck {
    if (pendingUpdates < 0 || (antivirusDays != null && antivirusDays < 0)) {
      throw new IllegalArgumentException(antivirusDays + " days, " + pendingUpdates + " updates");
    }
  }

  /** Everything that somebody should see to. */
  public List<HostFinding> findings() {
    List<HostFinding> findings = new ArrayList<>();
    if (antivirusDays == null) {
      findings.add(HostFinding.ANTIVIRUS_UNKNOWN);
    } else if (antivirusDays > ANTIVIRUS_DAYS) {
      findings.add(HostFinding.ANTIVIRUS_OLD);
    }
    if (pendingUpdates > 0) {
      findings.add(HostFinding.UPDATES_PENDING);
    }
    return findings;
  }

  /** As the history keeps it. */
  String detail() throws RegisterRefusedException {
    return "software "
        + orUnknown("software", software)
        + ", policy "
        + orUnknown("policy", policy)
        + ", antivirus "
        + (antivirusDays == null ? "?" : antivirusDays)
        + " days, updates "
        + pendingUpdates;
  }

  private static String orUnknown(String name, String version) throws RegisterRefusedException {
    String plain = PlainText.optional(name, VERSION_LENGTH, version);
    return plain.isEmpty() ? "?" : plain;
  }
}
