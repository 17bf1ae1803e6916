package uk.usbguard.cli.render;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.text.Printable;

/**
 * Whether a policy file is sound.
 *
 * @param name what the policy calls itself; nothing if it is not sound
 * @param reviewDue the last day by which somebody has to look at it again; nothing if it does not
 *     say when that was done
 * @param problems the first of them, in the order of the file
 * @param problemCount all of them
 * @param signedBy fingerprint of the key whose signature was checked; nothing if none was asked for
 */
public record PolicyChecked(
    String file,
    boolean sound,
    @Nullable String name,
    long version,
    int rules,
    @Nullable String reviewDue,
    @Nullable String signedBy,
    List<Problem> problems,
    int problemCount)
    implements Report {

  /**
   * Something that is wrong.
   *
   * @param line from 1; 0 if it is about the whole file
   */
  public record Problem(int line, int column, String kind, String message) {}

  @Override
  public String type() {
    return "policy-check";
  }

  @Override
  public void print(Page page) {
    String shown = Printable.name(file);
    for (Problem one : problems) {
      if (one.line() == 0) {
        page.line("policy.problem-of-file", shown, one.message());
      } else {
        page.line("policy.problem", shown, one.line(), one.column(), one.message());
      }
    }
    if (problemCount > problems.size()) {
      page.line(
          "policy.more-problems",
          shown,
          page.texts().number(problemCount),
          page.texts().number(problems.size()));
    }
    if (sound) {
      page.line("policy.sound", shown, page.texts().count("rule", rules), version);
    }
    if (reviewDue != null) {
      page.line("policy.review-due", reviewDue);
    }
    if (signedBy != null) {
      page.line("policy.signed-by", signedBy);
    }
  }
}
