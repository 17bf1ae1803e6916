package uk.usbguard.cli.render;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Something that is a text by its nature: help, the version, a completion script.
 *
 * @param about the command that the help is of, or the program
 */
public record PlainText(@JsonIgnore String type, String about, String text) implements Report {

  @Override
  public void print(Page page) {
    text.lines().forEach(page::plain);
  }
}
