package uk.usbguard.core.policy;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that a rule asks for. What it does not mention may be anything. */
final class Condition {

  private final Box box;
  private final Map<NameField, Names> names;
  private final @Nullable InterfaceCondition interfaces;
  private final @Nullable TimeWindow time;

  Condition(
      Box box,
      Map<NameField, Names> names,
      @Nullable InterfaceCondition interfaces,
      @Nullable TimeWindow time) {
    this.box = box;
    this.names = new EnumMap<>(NameField.class);
    this.names.putAll(names);
    this.interfaces = interfaces;
    this.time = time;
  }

  Box box() {
    return box;
  }

  Names names(NameField field) {
    return names.getOrDefault(field, Names.ANY);
  }

  boolean holds(Probe probe) {
    return box.meets(probe.box())
        && (interfaces == null || interfaces.holds(probe.facts().device().interfaces()))
        && (time == null || time.holds(probe.facts().at()))
        && namesHold(probe);
  }

  /** True if this is known to ask no more than the other of interfaces and time. */
  boolean isNoStricterOutsideTheBox(Condition other) {
    boolean sameInterfaces = interfaces == null || interfaces.equals(other.interfaces);
    boolean sameTime = time == null || (other.time != null && time.covers(other.time));
    return sameInterfaces && sameTime;
  }

  private boolean namesHold(Probe probe) {
    for (Map.Entry<NameField, Names> one : names.entrySet()) {
      if (!one.getValue().matchesOneOf(probe.names(one.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /** Facts, turned once into the form in which many rules are asked. For one thread. */
  static final class Probe {

    private final Facts facts;
    private final Box box;
    private final Map<NameField, Collection<String>> names = new EnumMap<>(NameField.class);

    Probe(Facts facts, AgeScale scale) {
      this.facts = facts;
      this.box = Box.of(facts, scale);
    }

    Facts facts() {
      return facts;
    }

    Box box() {
      return box;
    }

    Collection<String> names(NameField field) {
      return names.computeIfAbsent(field, one -> one.of(facts));
    }
  }
}
