package uk.usbguard.cli.text;

/** A number in a sentence that is shown with its unit: "1 file", "3 files", "4.8 MiB". */
public sealed interface Quantity {

  /** Files. */
  static Quantity files(long number) {
    return new Count("file", number);
  }

  /** Bytes, in the unit that suits them. */
  static Quantity bytes(long number) {
    return new Size(number);
  }

  /** A place in a file, in figures as the user writes them. */
  static Quantity place(long number) {
    return new Place(number);
  }

  /** As the user reads it. */
  String in(Texts texts);

  /** A noun that is counted. */
  record Count(String noun, long number) implements Quantity {
    @Override
    public String in(Texts texts) {
      return texts.count(noun, number);
    }
  }

  /** A place in a file. */
  record Place(long number) implements Quantity {
    @Override
    public String in(Texts texts) {
      return texts.number(number);
    }
  }

  /** Bytes. */
  record Size(long bytes) implements Quantity {
    @Override
    public String in(Texts texts) {
      return texts.size(bytes);
    }
  }
}
