package uk.usbguard.cli.render;

/**
 * A container that has a new passphrase.
 *
 * @param slot where the new one is
 * @param otherPassphrases how many others still open it
 */
public record Recovered(String container, int slot, int otherPassphrases) implements Report {

  @Override
  public String type() {
    return "recover";
  }

  @Override
  public void print(Page page) {
    page.line("recover.done", container);
    if (otherPassphrases > 0) {
      page.line("recover.others", otherPassphrases, container);
    }
  }
}
