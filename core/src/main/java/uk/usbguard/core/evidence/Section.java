package uk.usbguard.core.evidence;

import java.util.List;
import java.util.Optional;

/**
 * A part of a report.
 *
 * @param missing what the standard asks for and the program does not record, by name
 */
public record Section(
    SectionKind kind, List<Figure> figures, List<Listing> listings, List<String> missing) {

  /** Copies the lists. */
  public Section {
    figures = List.copyOf(figures);
    listings = List.copyOf(listings);
    missing = List.copyOf(missing);
  }

  /** The fact of this name. */
  public Optional<Value> figure(String name) {
    return figures.stream()
        .filter(figure -> figure.name().equals(name))
        .map(Figure::value)
        .findFirst();
  }

  /** The table of this name. */
  public Optional<Listing> listing(String name) {
    return listings.stream().filter(listing -> listing.name().equals(name)).findFirst();
  }
}
