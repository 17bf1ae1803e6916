package uk.usbguard.core.registry;

/**
 * The organisation's name for a drive, as it stands on its label. Never changes. Two tags that
 * differ only in case or width of their letters are the same tag.
 */
public record AssetTag(String text) {

  /** Refuses what cannot stand on a label. */
  public AssetTag {
    if (text.isBlank()
        || text.length() > Field.TAG.maxLength()
        || !text.equals(text.strip())
        || !PlainText.isPlain(text)
        || PlainText.hasUnseen(text)) {
      throw new IllegalArgumentException("a tag of " + text.length() + " units");
    }
  }

  /** Takes what was typed or read. */
  public static AssetTag of(String typed) throws RegisterRefusedException {
    String text = PlainText.required(Field.TAG, typed);
    if (PlainText.hasUnseen(text)) { // two labels that look the same
      throw new RegisterRefusedException(Refusal.FIELD_NOT_PLAIN, Field.TAG.label());
    }
    return new AssetTag(text);
  }

  /** In the form in which tags are compared. */
  String key() {
    return PlainText.key(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
