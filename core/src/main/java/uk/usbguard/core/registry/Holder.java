package uk.usbguard.core.registry;

/** Who answers for a drive. */
public record Holder(Ownership ownership, String owner, String manager, String organisation) {

  /**
   * Whether this person of this organisation may use it: the owner, or for a pooled drive anybody
   * of the organisation (REG-06).
   */
  public boolean permits(String person, String personsOrganisation) {
    return isOf(personsOrganisation)
        && (ownership == Ownership.POOLED || PlainText.same(owner, person));
  }

  /** Whether it answers for the drive to this organisation. */
  public boolean isOf(String named) {
    return PlainText.same(organisation, named);
  }

  /** Whether owner and organisation are the same; the manager may differ. */
  boolean isSameOwner(Holder other) {
    return ownership == other.ownership
        && PlainText.same(owner, other.owner)
        && PlainText.same(organisation, other.organisation);
  }

  /** Refuses what an entry must not be without, and an owner who answers to nobody else. */
  Holder checked() throws RegisterRefusedException {
    if (PlainText.same(owner, manager) && !PlainText.key(owner).isBlank()) {
      throw new RegisterRefusedException(Refusal.OWN_MANAGER, manager);
    }
    return new Holder(
        ownership,
        PlainText.required(Field.OWNER, owner),
        PlainText.required(Field.MANAGER, manager),
        PlainText.required(Field.ORGANISATION, organisation));
  }
}
