package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.GeneratedPhrase;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.ShownSecret;
import uk.usbguard.core.passphrase.GeneratedPassphrase;
import uk.usbguard.core.passphrase.PassphraseGenerator;
import uk.usbguard.core.passphrase.PassphraseGenerator.Separator;
import uk.usbguard.core.passphrase.PassphraseRules;

/** Six random words. */
@Command(name = "generate")
final class PassphraseGenerateCommand extends BaseCommand {

  @Option(names = "--words", paramLabel = "N", descriptionKey = "words")
  private int words = PassphraseGenerator.DEFAULT_WORDS;

  PassphraseGenerateCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(Output output) throws Exception {
    if (words < PassphraseGenerator.MINIMUM_WORDS || words > PassphraseGenerator.MAXIMUM_WORDS) {
      throw new CommandException(
          ExitCode.USAGE,
          "words-out-of-range",
          PassphraseGenerator.MINIMUM_WORDS,
          PassphraseGenerator.MAXIMUM_WORDS);
    }
    PassphraseGenerator generator = new PassphraseGenerator(bench.random().get());
    try (GeneratedPassphrase phrase =
            generator.generate(words, Separator.HYPHEN, PassphraseRules.standard());
        ShownSecret shown = ShownSecret.take(phrase.read(char[]::clone))) {
      output.result(
          new GeneratedPhrase(shown, phrase.words(), (int) Math.floor(phrase.entropyBits())));
    }
  }
}
