package uk.usbguard.core.passphrase;

import org.jspecify.annotations.Nullable;

/** The bundled common values, read from the jar the first time that a phrase is checked. */
final class DenyList {

  /** Guarded by {@code this}. */
  private @Nullable WordSet words;

  synchronized WordSet words() {
    WordSet loaded = words;
    if (loaded == null) {
      loaded = WordSet.ofResources("deny-list.txt", "phrases.txt");
      words = loaded;
    }
    return loaded;
  }

  synchronized boolean isLoaded() {
    return words != null;
  }
}
