package uk.usbguard.core.passphrase;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names around a device, taken apart into words and folded. */
final class ContextWords {

  private static final List<String> SERVICE = List.of("usbguard", "usb", "guard", "nhs", "nhsmail");

  private static final int SHORTEST = 2;

  /** Two letters turn up inside other words too easily to say where they come from. */
  private static final int SHORTEST_TOLD = 3;

  private final Map<ContextKind, Set<String>> words;

  private ContextWords(Map<ContextKind, Set<String>> words) {
    this.words = words;
  }

  static ContextWords ofService() {
    Map<ContextKind, Set<String>> words = new EnumMap<>(ContextKind.class);
    words.put(ContextKind.SERVICE, Set.copyOf(SERVICE));
    return new ContextWords(words);
  }

  ContextWords with(ContextKind kind, String text) {
    String folded = FoldedText.fold(text).replaceAll("['\u2019]", "");
    Set<String> ofKind = new HashSet<>(words.getOrDefault(kind, Set.of()));
    for (String word : folded.split("[^\\p{L}\\p{N}]+", -1)) {
      add(ofKind, word);
      add(ofKind, word.replaceAll("^\\p{N}+|\\p{N}+$", ""));
    }
    add(ofKind, folded.replaceAll("[^\\p{L}]", ""));
    Map<ContextKind, Set<String>> more = new EnumMap<>(words);
    more.put(kind, ofKind);
    return new ContextWords(more);
  }

  // Digits are free in any phrase, and single letters would make random characters look like names.
  private static void add(Set<String> words, String word) {
    if (word.length() >= SHORTEST && word.codePoints().anyMatch(Character::isLetter)) {
      words.add(word);
    }
  }

  WordSet all() {
    return WordSet.of(words.values().stream().flatMap(Collection::stream).toList());
  }

  /** The kinds that have a word of three letters or more somewhere in the text. */
  Set<ContextKind> kindsIn(FoldedText text) {
    Set<ContextKind> kinds = EnumSet.noneOf(ContextKind.class);
    words.forEach(
        (kind, ofKind) -> {
          WordSet set =
              WordSet.of(ofKind.stream().filter(w -> w.length() >= SHORTEST_TOLD).toList());
          for (int i = 0; i < text.length(); i++) {
            if (!set.endsOfWordsAt(text, i).isEmpty()) {
              kinds.add(kind);
            }
          }
        });
    return kinds;
  }
}
