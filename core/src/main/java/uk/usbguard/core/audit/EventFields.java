package uk.usbguard.core.audit;

import org.jspecify.annotations.Nullable;

/** Writes an event into an entry: names as hashes, everything cut to a length. */
final class EventFields {

  /** A device can claim any text of any length as its own. */
  private static final int LONGEST = 128;

  private final AuditOrigin origin;
  private final NameHash names;

  EventFields(AuditOrigin origin, NameHash names) {
    this.origin = origin;
    this.names = names;
  }

  void put(AuditEvent event, Entry.Builder entry) {
    AuditSubject subject = event.subject();
    entry
        .put(Field.ACTION, event.action().id())
        .put(Field.RESULT, event.result().id())
        .put(Field.HOST, cut(origin.host()))
        .put(Field.USER, cut(origin.user()))
        .put(Field.ACTOR, cut(origin.actor()))
        .put(Field.SUBJECT, subject.kind().id())
        .put(Field.ID, cut(subject.id()))
        .put(Field.NAME, hashed(subject.name()))
        .put(Field.REASON, event.reason());
    AuditSubject device = event.device();
    if (device != null) {
      entry.put(Field.DEVICE, cut(device.id())).put(Field.DEVICE_NAME, hashed(device.name()));
    }
    AuditDecision decision = event.decision();
    if (decision != null) {
      entry
          .put(Field.POLICY, decision.policy())
          .put(Field.EFFECT, decision.effect())
          .put(Field.RULE, decision.rule())
          .put(Field.DECISION, decision.detail());
    }
  }

  private @Nullable String hashed(@Nullable String name) {
    return name == null ? null : names.of(name);
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }
}
