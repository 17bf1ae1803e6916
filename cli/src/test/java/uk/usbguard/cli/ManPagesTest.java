package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPagesTest {

  @Test
  void everyCommandHasAPageThatGroffTakesWithoutAWarning(@TempDir Path folder) throws Exception {
    ManPages.main(new String[] {folder.toString(), "2026-11-01"});
    List<Path> pages;
    try (var all = Files.list(folder)) {
      pages = all.sorted().toList();
    }
    assertThat(pages.stream().map(p -> p.getFileName().toString()))
        .contains(
            "usbguard.1",
            "usbguard-encrypt.1",
            "usbguard-key-add.1",
            "usbguard-passphrase-generate.1");
    for (Path page : pages) {
      assertThat(page)
          .content()
          .contains(".SH \"NAME\"", ".SH \"EXIT STATUS\"")
          .doesNotContain("null");
    }
    assumeTrue(has("groff"));
    for (Path page : pages) {
      Process groff =
          new ProcessBuilder("groff", "-man", "-ww", "-Tutf8", "-K", "utf8", page.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      String warnings = new String(groff.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(warnings).as(page.toString()).isEmpty();
      assertThat(groff.waitFor()).isZero();
    }
  }

  private static boolean has(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
