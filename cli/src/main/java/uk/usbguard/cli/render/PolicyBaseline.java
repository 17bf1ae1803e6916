package uk.usbguard.cli.render;

/**
 * A first policy, made of what is plugged in.
 *
 * @param letThrough how many devices its rule lets through
 * @param untouched how many are listed as equipment that is left alone
 * @param leftOut how many are plugged in, but not let in
 */
public record PolicyBaseline(String yaml, int letThrough, int untouched, int leftOut)
    implements Report {

  @Override
  public String type() {
    return "policy-baseline";
  }

  @Override
  public void print(Page page) {
    yaml.lines().forEach(page::plain);
  }
}
