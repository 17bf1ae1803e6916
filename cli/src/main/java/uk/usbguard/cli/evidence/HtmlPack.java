package uk.usbguard.cli.evidence;

import java.util.List;
import java.util.stream.Collectors;
import uk.usbguard.core.evidence.EvidencePack;
import uk.usbguard.core.evidence.Figure;
import uk.usbguard.core.evidence.Listing;
import uk.usbguard.core.evidence.Provenance;
import uk.usbguard.core.evidence.Section;
import uk.usbguard.core.evidence.Value;

/** A report as one page: no script, nothing that is fetched, a style for paper. */
public final class HtmlPack {

  private static final String STYLE =
      """
      :root{color-scheme:light}
      body{font:16px/1.5 Arial,Helvetica,sans-serif;color:#212b32;background:#fff;margin:0 auto;\
      max-width:70rem;padding:0 1.5rem 3rem}
      header{border-bottom:4px solid #005eb8;margin-bottom:1.5rem}
      h1{font-size:2rem;line-height:1.2;margin:2rem 0 .25rem}
      h2{font-size:1.4rem;color:#003087;border-top:1px solid #768692;padding-top:1.2rem;\
      margin:2.5rem 0 .5rem}
      .organisation{font-size:1.25rem;margin:.25rem 0 1rem}
      .items{font-weight:bold;color:#425563;margin:0}
      .missing{border-left:6px solid #ed8b00;background:#fff7e6;padding:.5rem 1rem;margin:1rem 0}
      .missing p{margin:.25rem 0}
      table{border-collapse:collapse;margin:1rem 0;width:100%;font-size:.9rem}
      table.figures{width:auto;min-width:60%}
      caption{text-align:left;font-weight:bold;padding:.25rem 0}
      th,td{border:1px solid #aeb7bd;padding:.3rem .6rem;text-align:left;vertical-align:top;\
      overflow-wrap:anywhere}
      thead th{background:#e8edee}
      tbody th{font-weight:normal}
      td.number{text-align:right;white-space:nowrap}
      .cut{font-size:.9rem;margin:-.5rem 0 1rem}
      footer{border-top:1px solid #768692;margin-top:2.5rem;font-size:.85rem;color:#425563}
      a{color:#005eb8}
      @page{size:A4;margin:16mm 14mm}
      @media print{body{font-size:10pt;max-width:none;padding:0}h1{font-size:20pt;margin-top:0}\
      h2{font-size:14pt;break-after:avoid}thead{display:table-header-group}\
      tr,.missing{break-inside:avoid}a{color:inherit;text-decoration:none}}
      """;

  // Void elements are closed, as in XML: then its soundness can be checked by a strict parser.
  private final Wording words;
  private final StringBuilder html = new StringBuilder(1 << 16);

  private HtmlPack(Wording words) {
    this.words = words;
  }

  /** The page. */
  public static String render(EvidencePack pack, Wording words) {
    HtmlPack page = new HtmlPack(words);
    page.write(pack);
    return page.html.toString();
  }

  private void write(EvidencePack pack) {
    String title = words.title(pack.kind());
    line("<!DOCTYPE html>");
    line("<html lang=\"en-GB\">");
    line("<head>");
    line("<meta charset=\"utf-8\"/>");
    line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
    line(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
            + " style-src 'unsafe-inline'\"/>");
    line("<title>" + escape(title + " - " + words.organisation(pack.provenance())) + "</title>");
    html.append("<style>\n").append(STYLE).append("</style>\n");
    line("</head>");
    line("<body>");
    head(title, pack.provenance());
    line("<main>");
    figures("glance", pack.headlines());
    contents(pack.sections());
    pack.sections().forEach(this::section);
    line("</main>");
    line("<footer><p>" + escape(words.say("footer")) + "</p></footer>");
    line("</body>");
    line("</html>");
  }

  private void head(String title, Provenance from) {
    line("<header>");
    element("h1", "", title);
    element("p", " class=\"organisation\"", words.organisation(from));
    line("<table class=\"figures\">");
    element("caption", "", words.say("provenance"));
    line("<tbody>");
    words
        .provenance(from)
        .forEach((name, value) -> row("<th scope=\"row\">" + escape(name) + "</th>", value));
    line("</tbody>");
    line("</table>");
    line("</header>");
  }

  private void row(String head, String value) {
    line("<tr>" + head + "<td>" + escape(value) + "</td></tr>");
  }

  private void contents(List<Section> sections) {
    if (sections.size() < 2) {
      return;
    }
    line("<nav aria-label=\"" + escape(words.say("contents")) + "\">");
    line("<table>");
    element("caption", "", words.say("contents"));
    head(List.of("item", "section", "coverage"));
    line("<tbody>");
    for (Section section : sections) {
      String label = section.kind().label();
      line(
          "<tr><td>"
              + escape(String.join(", ", section.kind().items()))
              + "</td><th scope=\"row\"><a href=\"#"
              + label
              + "\">"
              + escape(words.title(section.kind()))
              + "</a></th><td>"
              + escape(words.coverage(section))
              + "</td></tr>");
    }
    line("</tbody>");
    line("</table>");
    line("</nav>");
  }

  private void section(Section section) {
    String label = section.kind().label();
    line("<section aria-labelledby=\"" + label + "\">");
    element("h2", " id=\"" + label + "\"", words.title(section.kind()));
    element("p", " class=\"items\"", String.join(", ", section.kind().items()));
    element("p", "", words.about(section.kind()));
    if (!section.missing().isEmpty()) {
      line("<div class=\"missing\" role=\"note\">");
      section.missing().forEach(name -> element("p", "", words.missing(name)));
      line("</div>");
    }
    figures("figures", section.figures());
    section.listings().forEach(this::listing);
    line("</section>");
  }

  private void figures(String caption, List<Figure> figures) {
    if (figures.isEmpty()) {
      return;
    }
    line("<table class=\"figures\">");
    element("caption", "", words.say(caption));
    line("<tbody>");
    for (Figure figure : figures) {
      line(
          "<tr><th scope=\"row\">"
              + escape(words.figure(figure.name()))
              + "</th>"
              + cell(figure.value())
              + "</tr>");
    }
    line("</tbody>");
    line("</table>");
  }

  private void listing(Listing listing) {
    if (listing.rows().isEmpty()) {
      element("p", "", words.empty(listing));
      return;
    }
    line("<table>");
    element("caption", "", words.listing(listing.name()));
    head(listing.columns());
    line("<tbody>");
    for (List<Value> row : listing.rows()) {
      line(row.stream().map(this::cell).collect(Collectors.joining("", "<tr>", "</tr>")));
    }
    line("</tbody>");
    line("</table>");
    if (listing.isCut()) {
      element("p", " class=\"cut\"", words.cut(listing));
    }
  }

  private void head(List<String> columns) {
    line(
        columns.stream()
            .map(column -> "<th scope=\"col\">" + escape(words.column(column)) + "</th>")
            .collect(Collectors.joining("", "<thead><tr>", "</tr></thead>")));
  }

  private String cell(Value value) {
    String type = value instanceof Value.Count ? "<td class=\"number\">" : "<td dir=\"auto\">";
    return type + escape(words.value(value)) + "</td>";
  }

  private void element(String name, String attributes, String text) {
    line("<" + name + attributes + ">" + escape(text) + "</" + name + ">");
  }

  private void line(String text) {
    html.append(text).append('\n');
  }

  /** For text and for attributes in double quotes. */
  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
