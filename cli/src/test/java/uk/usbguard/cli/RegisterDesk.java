package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import uk.usbguard.cli.Desk.Result;

/** A desk with a register, r.db, of an organisation. */
final class RegisterDesk {

  private final Desk desk;

  RegisterDesk(Desk desk) {
    this.desk = desk;
  }

  /** Says whose register it is. */
  void init(String... more) {
    Result result = tryInit(more);
    assertThat(result.code()).as(result.err()).isZero();
  }

  Result tryInit(String... more) {
    List<String> words = new ArrayList<>(List.of("org", "init", "--name", "St Elsewhere"));
    words.addAll(List.of("--service-desk", "01632 960123", "--governance", "ig@example.org"));
    words.addAll(List.of("--governance-person", "ig.lead"));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  /** As the desk, if nobody else is named. */
  Result run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--register");
    all.add("r.db");
    if (!all.contains("--as")) {
      all.addAll(List.of("--as", "desk"));
    }
    return desk.run(all.toArray(String[]::new));
  }

  /** The same; it must succeed. */
  Result ok(String... words) {
    Result result = run(words);
    assertThat(result.code()).as(String.join(" ", words) + "\n" + result.err()).isZero();
    return result;
  }

  /** A drive of a nurse. */
  void register(String tag, String serial) {
    ok(
        "device",
        "register",
        tag,
        "--model",
        "0951:1666",
        "--serial",
        serial,
        "--owner",
        "a.nurse",
        "--manager",
        "m.anager",
        "--organisation",
        "St Elsewhere",
        "--purpose",
        "Carries referral letters to the hospice",
        "--data",
        "patient",
        "--asset-reference",
        "IAR-1");
  }

  /** From requested to issued. */
  void issue(String tag) {
    ok("device", "approve", tag, "--risk-assessment", "RA-1", "--as", "boss");
    ok(
        "device",
        "signoff",
        tag,
        "--name",
        "Ann",
        "--designation",
        "Nurse",
        "--organisation",
        "St Elsewhere",
        "--agreement",
        "1");
    ok(
        "device",
        "handover",
        tag,
        "--duties-explained",
        "--features-explained",
        "--own-passphrase-set");
    ok("device", "issue", tag);
  }
}
