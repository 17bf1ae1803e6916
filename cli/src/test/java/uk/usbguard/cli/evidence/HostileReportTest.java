package uk.usbguard.cli.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import uk.usbguard.core.evidence.EvidencePack;
import uk.usbguard.core.evidence.Figure;
import uk.usbguard.core.evidence.Listing;
import uk.usbguard.core.evidence.Provenance;
import uk.usbguard.core.evidence.ReportKind;
import uk.usbguard.core.evidence.Section;
import uk.usbguard.core.evidence.SectionKind;
import uk.usbguard.core.evidence.Value;

/** Names that are meant to be run, to hide others or to break the page. */
class HostileReportTest {

  private static final Wording WORDS = new Wording(ZoneOffset.UTC);

  static List<String> hostile() {
    return List.of(
        "<script>alert(1)</script>",
        "\"><img src=x onerror='alert(1)'>",
        "</style></td></table>&amp;&lt;",
        "]]> <!-- <![CDATA[",
        "\u001b[2J\u0007\u0000\u009b2J",
        "invoice\u202egpj.exe\u2066\u200f",
        "line\nbreak\r\u2028\u2029\ttab",
        "\ud800 half \udc00",
        "=cmd|' /C calc'!A0",
        "+1;2,\"3\"",
        "@SUM(A1)",
        "\uff1dHYPERLINK(\"x\")",
        "\u05d0\u05d1\u05d2 \u4e2d\u6587 \ud83d\ude00",
        "x".repeat(5_000));
  }

  private static EvidencePack pack(String name) {
    Provenance from =
        new Provenance(
            Instant.parse("2026-11-24T09:30:00Z"),
            Instant.parse("2025-11-24T09:30:00Z"),
            name,
            name,
            name,
            name,
            "server",
            name);
    Section section =
        new Section(
            SectionKind.LEAVERS,
            List.of(
                new Figure("policy-name", new Value.Text(name)),
                new Figure("policy", Value.word("policy", name))),
            List.of(
                new Listing(
                    "drives",
                    List.of("tag", "owner"),
                    List.of(List.of(new Value.Text(name), Value.word("state", name))),
                    7)),
            List.of());
    return new EvidencePack(ReportKind.LEAVERS, from, List.of(section));
  }

  private static void assertShown(String text) {
    assertThat(text.codePoints().filter(c -> c != '\n' && c != '\r'))
        .noneMatch(HostileReportTest::steers);
  }

  private static boolean steers(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  @ParameterizedTest
  @MethodSource("hostile")
  @DisplayName("AUD-05 a page stays one page, with the same elements, whatever the names")
  void html(String name) throws Exception {
    String html = HtmlPack.render(pack(name), WORDS);

    assertShown(html);
    assertThat(elements(html)).isEqualTo(elements(HtmlPack.render(pack("harmless"), WORDS)));
  }

  private static List<String> elements(String html) throws Exception {
    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    NodeList all = page.getElementsByTagName("*");
    List<String> names = new java.util.ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      names.add(all.item(i).getNodeName() + all.item(i).getAttributes().getLength());
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("hostile")
  @DisplayName("AUD-05 no cell of the CSV is a formula, and no row breaks")
  void csv(String name) {
    Map<String, String> files = CsvPack.render(pack(name), WORDS);
    Map<String, String> harmless = CsvPack.render(pack("harmless"), WORDS);

    files.forEach(
        (file, content) -> {
          assertShown(content);
          assertThat(content.lines()).hasSameSizeAs(harmless.get(file).lines().toList());
          content
              .lines()
              .forEach(
                  line ->
                      assertThat(line).doesNotContainPattern("(^|,)\"?[=+@\uff1d\uff0b\uff20-]"));
        });
  }

  @ParameterizedTest
  @MethodSource("hostile")
  @DisplayName("AUD-05 a PDF is made whatever the names, and holds no script and no link")
  void pdf(String name) throws Exception {
    byte[] pdf = PdfPack.render(pack(name), WORDS);

    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isBetween(1, 20);
      assertThat(document.getDocumentCatalog().getOpenAction()).isNull();
      assertThat(document.getPage(0).getAnnotations()).isEmpty();
      assertShown(new PDFTextStripper().getText(document));
    }
  }

  @Test
  @DisplayName("AUD-05 Hebrew stands on paper as it is read, and can be found in the PDF")
  void rightToLeft() throws Exception {
    try (PDDocument document =
        Loader.loadPDF(PdfPack.render(pack("\u05d0\u05d1\u05d2 x"), WORDS))) {
      PDFTextStripper inOrderOfPaper = new PDFTextStripper();
      assertThat(inOrderOfPaper.getText(document)).contains("\u05d0\u05d1\u05d2");
    }
  }

  @Test
  @DisplayName("AUD-05 what a font has not is shown by its number, never left out")
  void noGlyph() throws Exception {
    try (PDDocument document = Loader.loadPDF(PdfPack.render(pack("\u4e2d"), WORDS))) {
      assertThat(new PDFTextStripper().getText(document)).contains("\\u{4e2d}");
    }
  }

  @Test
  @DisplayName("AUD-05 a share that is not all is never 100 %")
  void shares() {
    assertThat(WORDS.value(new Value.Share(99_999, 100_000)))
        .isEqualTo("99,999 of 100,000 (99.9 %)");
    assertThat(WORDS.value(new Value.Share(2, 3))).isEqualTo("2 of 3 (66.6 %)");
    assertThat(WORDS.value(new Value.Share(3, 3))).isEqualTo("3 of 3 (100.0 %)");
    assertThat(WORDS.value(new Value.Share(0, 0))).isEqualTo("none of none");
  }

  @Test
  @DisplayName("AUD-05 a table that is cut says of how many rows")
  void cut() {
    assertThat(HtmlPack.render(pack("a"), WORDS)).contains("The first 1 of 7 are shown");
    assertThat(CsvPack.render(pack("a"), WORDS).get("summary.csv"))
        .contains("Drives (rows, of which the file has the first 1)\",7");
  }
}
