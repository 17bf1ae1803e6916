package uk.usbguard.cli.console;

/** Lasts as long as something that cannot say how far it has come, such as deriving a key. */
public interface Waiting {

  /** Nobody is looking. */
  static Waiting unseen() {
    return () -> {};
  }

  /** It is over: the line is free again. */
  void over();
}
