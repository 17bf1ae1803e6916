package uk.usbguard.core.registry;

import java.util.Arrays;
import java.util.List;

/**
 * One thing that is decided anew.
 *
 * @param from what was decided before; empty if nothing was
 */
public record SettingChange(Setting setting, String from, String to) {

  static List<SettingChange> between(RegisterSettings before, RegisterSettings after) {
    return Arrays.stream(Setting.values())
        .filter(one -> !one.isSame(before, after))
        .map(one -> new SettingChange(one, one.of(before), one.of(after)))
        .toList();
  }
}
