package uk.usbguard.cli.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import uk.usbguard.cli.sheet.SheetFont;
import uk.usbguard.core.evidence.EvidencePack;
import uk.usbguard.core.evidence.Figure;
import uk.usbguard.core.evidence.Listing;
import uk.usbguard.core.evidence.Section;
import uk.usbguard.core.evidence.Value;

/** A report as a PDF of A4 pages, to print or to send. The font is part of it. */
public final class PdfPack {

  private static final float TEXT = 10;

  private final Wording words;
  private final PdfPen pen;

  private PdfPack(Wording words, PdfPen pen) {
    this.words = words;
    this.pen = pen;
  }

  /** The file. */
  public static byte[] render(EvidencePack pack, Wording words) throws IOException {
    try (PDDocument document = new PDDocument();
        InputStream fontFile = SheetFont.open()) {
      PDFont font = PDType0Font.load(document, fontFile, true);
      String title = words.title(pack.kind());
      var about = document.getDocumentInformation();
      about.setTitle(title);
      about.setAuthor(words.organisation(pack.provenance()));
      about.setCreator(pack.provenance().program());
      about.setCreationDate(
          GregorianCalendar.from(pack.provenance().made().atZone(ZoneOffset.UTC)));
      document.getDocumentCatalog().setLanguage("en-GB");
      try (PdfPen pen = new PdfPen(document, font)) {
        new PdfPack(words, pen).write(pack, title);
        String foot = title + " - " + words.organisation(pack.provenance());
        pen.foot((page, pages) -> words.say("page", foot, page.toString(), pages.toString()));
      }
      var bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  private void write(EvidencePack pack, String title) throws IOException {
    pen.paragraph(title, 22, true);
    pen.skip(2);
    pen.paragraph(words.organisation(pack.provenance()), 14, false);
    pen.skip(6);
    pen.rule(PdfPen.LEFT, PdfPen.WIDTH, 1.5f, 0.2f);
    pen.skip(8);
    List<List<String>> facts = new ArrayList<>();
    words.provenance(pack.provenance()).forEach((name, value) -> facts.add(List.of(name, value)));
    new PdfTable(pen, List.of(), facts, new boolean[2]).draw();
    figures("glance", pack.headlines());
    contents(pack.sections());
    for (Section section : pack.sections()) {
      section(section);
    }
    pen.skip(10);
    pen.paragraph(words.say("footer"), 8, false);
  }

  private void contents(List<Section> sections) throws IOException {
    if (sections.size() < 2) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (Section section : sections) {
      rows.add(
          List.of(
              String.join(", ", section.kind().items()),
              words.title(section.kind()),
              words.coverage(section)));
    }
    caption(words.say("contents"));
    new PdfTable(pen, columns(List.of("item", "section", "coverage")), rows, new boolean[3]).draw();
  }

  private void section(Section section) throws IOException {
    pen.need(130);
    pen.skip(14);
    pen.rule(PdfPen.LEFT, PdfPen.WIDTH, 0.8f, 0.4f);
    pen.skip(4);
    pen.paragraph(words.title(section.kind()), 15, true);
    pen.paragraph(String.join(", ", section.kind().items()), 9, true);
    pen.skip(3);
    pen.paragraph(words.about(section.kind()), TEXT, false);
    for (String missing : section.missing()) {
      pen.skip(3);
      pen.paragraph(words.say("missing", words.missing(missing)), TEXT, false);
    }
    figures("figures", section.figures());
    for (Listing listing : section.listings()) {
      listing(listing);
    }
  }

  private void figures(String caption, List<Figure> figures) throws IOException {
    if (figures.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (Figure figure : figures) {
      rows.add(List.of(words.figure(figure.name()), words.value(figure.value())));
    }
    caption(words.say(caption));
    new PdfTable(pen, List.of(), rows, new boolean[2]).draw();
  }

  private void listing(Listing listing) throws IOException {
    if (listing.rows().isEmpty()) {
      pen.paragraph(words.empty(listing), TEXT, false);
      pen.skip(4);
      return;
    }
    caption(words.listing(listing.name()));
    boolean[] numbers = new boolean[listing.columns().size()];
    List<List<String>> rows = new ArrayList<>();
    for (List<Value> row : listing.rows()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        numbers[i] |= row.get(i) instanceof Value.Count;
        cells.add(words.value(row.get(i)));
      }
      rows.add(cells);
    }
    new PdfTable(pen, columns(listing.columns()), rows, numbers).draw();
    if (listing.isCut()) {
      pen.paragraph(words.cut(listing), 9, false);
    }
  }

  private void caption(String text) throws IOException {
    pen.need(60);
    pen.skip(6);
    pen.paragraph(text, TEXT, true);
    pen.skip(2);
  }

  private List<String> columns(List<String> names) {
    return names.stream().map(words::column).toList();
  }
}
