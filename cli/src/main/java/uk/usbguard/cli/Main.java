package uk.usbguard.cli;

import picocli.CommandLine;

/** Starts the program. The only class that ends the process. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new UsbguardCommand()).execute(args));
  }
}
