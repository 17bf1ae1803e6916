package uk.usbguard.core.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.usbguard.core.device.AttachedDevice;

/**
 * A first policy for a site, of the profile audit-only and of what is plugged in on the first day:
 * it blocks nothing but what is reported lost, and when the site takes the line {@code mode} away,
 * what was there can still be read until it is registered. What types as well as stores is never
 * let in, and named in the file instead.
 */
public final class Baseline {

  private static final int LONGEST_NAME = 80;
  private static final String RULES = "\nrules:\n";

  private final Map<String, String> letThrough = new LinkedHashMap<>();
  private final Map<String, String> untouched = new LinkedHashMap<>();
  private final List<String> leftOut = new ArrayList<>();

  /** Of these devices; those that bear no data are left alone by every policy and need no rule. */
  public Baseline(List<AttachedDevice> present) {
    for (AttachedDevice one : present) {
      switch (one.shape()) {
        case STORAGE_WITH_INPUT, MALFORMED -> leftOut.add(pattern(one) + " " + name(one));
        case VENDOR_SPECIFIC, UNKNOWN -> untouched.putIfAbsent(pattern(one), name(one));
        default -> {
          if (one.shape().bearsData()) {
            letThrough.putIfAbsent(pattern(one), name(one));
          }
        }
      }
    }
  }

  /** How many devices its rule lets through. */
  public int letThrough() {
    return letThrough.size();
  }

  /** How many are listed as equipment that is left alone. */
  public int untouched() {
    return untouched.size();
  }

  /** How many are not let in although they were there. */
  public int leftOut() {
    return leftOut.size();
  }

  /**
   * The policy file, with comments.
   *
   * @param organisation whose it is; empty if anybody's
   * @param contact whom staff ask
   * @throws InvalidPolicyException if one of these cannot stand in a policy
   */
  public String yaml(String organisation, String contact) throws InvalidPolicyException {
    StringBuilder text = new StringBuilder(8192);
    text.append(
        """
        # baseline: what was plugged in on the day when this was made, and otherwise the rules of
        # nhs-default, which only record. Nothing is blocked except what is reported lost.
        #
        # Made by usbguard policy baseline. Go through the devices below, take out what does not
        # belong here, register the others, raise version, and then take the line "mode" away:
        # from then on what is not registered can be read at most.
        """);
    leftOut.forEach(one -> text.append("#\n# Plugged in, but not let in: ").append(one));
    text.append(leftOut.isEmpty() ? "" : "\n").append("\nformat: 1\nname: baseline\nversion: 1\n");
    if (!organisation.isEmpty()) {
      text.append("organisation: ").append(quoted(organisation)).append('\n');
    }
    text.append("contact: ").append(quoted(contact)).append("\nmode: audit-only\n");
    appendUntouched(text);
    text.append(RULES);
    appendRule(text);
    text.append(rulesOfTheProfile());
    Policy.parse(text.toString().getBytes(StandardCharsets.UTF_8));
    return text.toString();
  }

  private void appendUntouched(StringBuilder text) {
    if (untouched.isEmpty()) {
      return;
    }
    text.append("\n# Nobody but their makers can tell what these are.\nuntouched:\n");
    untouched.forEach(
        (device, name) ->
            text.append("  - device: ")
                .append(quoted(device))
                .append("\n    name: ")
                .append(quoted(name))
                .append('\n'));
  }

  private void appendRule(StringBuilder text) {
    if (letThrough.isEmpty()) {
      return;
    }
    text.append(
        """
          # In use here before there was a policy. A device without a serial number stands for all of
          # its model. Once a device is registered, the other rules decide.
          - id: in-use-before
            when:
              state: unregistered
              shape: [storage, card-reader, optical, recorder, storage-composite, phone-or-camera]
              device:
        """);
    letThrough.forEach(
        (device, name) ->
            text.append("        - ")
                .append(quoted(device))
                .append(" # ")
                .append(name)
                .append('\n'));
    text.append("    effect: audit-only\n    reason: baseline\n\n");
  }

  private static String rulesOfTheProfile() {
    String profile = new String(Profile.AUDIT_ONLY.file(), StandardCharsets.UTF_8);
    return profile.substring(profile.indexOf(RULES) + RULES.length());
  }

  /** By its serial number, or by its model if it has none that can be written. */
  private static String pattern(AttachedDevice device) {
    String key = device.identity().key();
    boolean writable = device.identity().serial().isPresent() && honest(key).equals(key);
    return writable ? key : device.identity().model().toString();
  }

  private static String name(AttachedDevice device) {
    String honest = honest(device.name()).strip();
    String name = honest.substring(0, Math.min(LONGEST_NAME, honest.length())).strip();
    return name.isEmpty() ? "no name" : name;
  }

  /** Nothing that breaks a line, turns the reading direction or is half a character. */
  private static String honest(String text) {
    StringBuilder honest = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean odd = c < ' ' || Character.isSurrogate(c) || !PlainText.isHonest(String.valueOf(c));
      honest.append(odd ? '?' : c);
    }
    return honest.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
