package uk.usbguard.cli.render;

/**
 * A passphrase that was drawn at random.
 *
 * @param bits the logarithm of how many it was drawn from
 */
public record GeneratedPhrase(ShownSecret passphrase, int words, int bits) implements Report {

  @Override
  public String type() {
    return "passphrase-generate";
  }

  @Override
  public void print(Page page) {
    page.secret(passphrase);
  }
}
