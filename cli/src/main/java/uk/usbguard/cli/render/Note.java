package uk.usbguard.cli.render;

import uk.usbguard.cli.text.Printable;

/**
 * Something about one file or folder.
 *
 * @param kind {@link NoteKind#id}
 * @param path the one that was asked for
 * @param detail the other name, the reason, or empty
 */
public record Note(String kind, String path, String detail) {

  void print(Page page) {
    page.line("note." + kind, Printable.name(path), Printable.name(detail));
  }
}
