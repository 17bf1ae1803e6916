package uk.usbguard.cli.render;

/** A policy that comes with the program, with its comments. */
public record PolicyShown(String profile, String yaml) implements Report {

  @Override
  public String type() {
    return "policy-show";
  }

  @Override
  public void print(Page page) {
    yaml.lines().forEach(page::plain);
  }
}
