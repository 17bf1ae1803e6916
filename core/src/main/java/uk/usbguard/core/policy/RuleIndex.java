package uk.usbguard.core.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the first rule that holds without asking all: rules that name devices are found by vendor,
 * model or serial number, the others are asked in turn.
 */
final class RuleIndex {

  private final List<Rule> rules;
  private final Map<String, List<Integer>> byDevice = new HashMap<>();
  private final List<Integer> forAnyDevice = new ArrayList<>();

  RuleIndex(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    for (int i = 0; i < rules.size(); i++) {
      Names devices = rules.get(i).when().names(NameField.DEVICE);
      if (devices.isAny()) {
        forAnyDevice.add(i);
      }
      for (Names.Pattern one : devices.patterns()) {
        byDevice.computeIfAbsent(one.text(), key -> new ArrayList<>()).add(i);
      }
    }
  }

  Optional<Rule> first(Condition.Probe probe) {
    String key = probe.names(NameField.DEVICE).iterator().next();
    int first = rules.size();
    for (List<Integer> candidates : candidates(key)) {
      first = Math.min(first, first(candidates, first, probe));
    }
    return first < rules.size() ? Optional.of(rules.get(first)) : Optional.empty();
  }

  // A pattern is the whole key of a device, or its beginning up to the model or the vendor.
  private List<List<Integer>> candidates(String key) {
    return List.of(
        byDevice.getOrDefault(key, List.of()),
        byDevice.getOrDefault(DevicePattern.model(key), List.of()),
        byDevice.getOrDefault(DevicePattern.vendor(key), List.of()),
        forAnyDevice);
  }

  private int first(List<Integer> candidates, int below, Condition.Probe probe) {
    for (int candidate : candidates) {
      if (candidate >= below) {
        return below;
      }
      if (rules.get(candidate).when().holds(probe)) {
        return candidate;
      }
    }
    return below;
  }
}
