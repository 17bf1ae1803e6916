package uk.usbguard.cli.render;

import uk.usbguard.cli.text.Printable;

/** A policy that was signed. */
public record PolicySigned(String file, String signature, long version, String key)
    implements Report {

  @Override
  public String type() {
    return "policy-sign";
  }

  @Override
  public void print(Page page) {
    page.line("policy.signed", Printable.name(file), version, Printable.name(signature), key);
  }
}
