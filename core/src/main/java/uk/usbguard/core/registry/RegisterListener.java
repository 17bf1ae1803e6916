package uk.usbguard.core.registry;

/** Hears of everything that was changed, or refused. Called after the database has it. */
@FunctionalInterface
public interface RegisterListener {

  /** Nobody listens. */
  RegisterListener NONE = event -> {};

  /** Something happened. */
  void happened(RegisterEvent event);
}
