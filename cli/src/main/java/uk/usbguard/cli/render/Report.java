package uk.usbguard.cli.render;

/** A result. Its components are what scripts get as JSON; {@link #print} is what people get. */
public interface Report {

  /** The JSON field "type". It never changes. */
  String type();

  /** Writes the human text. */
  void print(Page page);
}
