package uk.usbguard.core.registry;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.usbguard.core.device.LifecycleState;

/**
 * What an entry of a file must be. Pure.
 *
 * @param now stands where the file says no time; what was done is not later
 * @param actor stands where it does not say who asked
 * @param settings what the organisation decided
 */
record EntryRules(Instant now, String actor, RegisterSettings settings) {

  /** What a file need not say. */
  private static final List<Field> FILLED_IN =
      List.of(Field.REGISTERED_AT, Field.STATE_SINCE, Field.REQUESTED_BY);

  Device accept(Map<Field, String> given) throws RegisterRefusedException {
    Map<Field, String> fields = new EnumMap<>(Field.class);
    for (Map.Entry<Field, String> field : given.entrySet()) {
      String plain = PlainText.optional(field.getKey(), field.getValue());
      if (!plain.isEmpty()) {
        fields.put(field.getKey(), plain);
      }
    }
    fields.putIfAbsent(Field.REGISTERED_AT, now.toString());
    fields.putIfAbsent(Field.STATE_SINCE, now.toString());
    fields.putIfAbsent(Field.REQUESTED_BY, actor);
    Device plain = EntryCheck.check(EntryText.read(fields));
    new EntryTimes(now).check(plain);
    refuseOwn(plain);
    if (plain.state() == LifecycleState.ISSUED
        && settings.assetReferenceNeeded()
        && plain.justification().assetReference().isEmpty()) {
      throw new RegisterRefusedException(Refusal.ASSET_REFERENCE_MISSING, plain.tag().text());
    }
    return plain;
  }

  /** REG-03: what a second person has to decide on, nobody decides on for himself in a file. */
  private void refuseOwn(Device device) throws RegisterRefusedException {
    Paperwork paperwork = device.paperwork();
    boolean decided =
        paperwork.approval() != null || paperwork.byod() != null || paperwork.unencrypted() != null;
    if (decided && PlainText.same(device.holder().owner(), actor)) {
      throw new RegisterRefusedException(Refusal.SELF_IMPORT, device.tag().text(), actor);
    }
  }

  /**
   * Whether two entries are the same in everything that the file says of the first.
   *
   * @param said which fields the file has; the others were filled in
   */
  static boolean isSame(Device one, Set<Field> said, Device other) {
    Map<Field, String> here = EntryText.write(one);
    Map<Field, String> there = EntryText.write(other);
    for (Field field : FILLED_IN) {
      if (!said.contains(field)) {
        here.remove(field);
        there.remove(field);
      }
    }
    return here.equals(there);
  }
}
