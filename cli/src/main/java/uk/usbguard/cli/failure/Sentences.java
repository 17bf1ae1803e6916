package uk.usbguard.cli.failure;

import uk.usbguard.cli.text.Texts;

/** Makes the two sentences of a failure: they stand under error.ID.message and error.ID.hint. */
record Sentences(Texts texts) {

  Failure of(ExitCode code, String id, Object... facts) {
    return new Failure(
        code,
        id,
        texts.get("error." + id + ".message", facts),
        texts.get("error." + id + ".hint", facts));
  }
}
