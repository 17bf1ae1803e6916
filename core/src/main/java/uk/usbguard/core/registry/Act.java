package uk.usbguard.core.registry;

/**
 * Who does something, and why.
 *
 * @param reason may be empty where the deed says it all
 */
public record Act(String actor, String reason) {

  static final int ACTOR_LENGTH = 200;
  static final int REASON_LENGTH = 1_000;

  Act checked(Action action) throws RegisterRefusedException {
    String who = PlainText.optional("as", ACTOR_LENGTH, actor);
    String why = PlainText.optional("reason", REASON_LENGTH, reason);
    if (who.isEmpty()) {
      throw new RegisterRefusedException(Refusal.FIELD_MISSING, "as");
    }
    if (why.isEmpty() && action.needsReason()) {
      throw new RegisterRefusedException(Refusal.FIELD_MISSING, "reason");
    }
    return new Act(who, why);
  }
}
