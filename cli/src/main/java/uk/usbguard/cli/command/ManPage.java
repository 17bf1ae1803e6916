package uk.usbguard.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.text.Texts;

/** The manual page of a command, from the same model as its help, in roff with the man macros. */
public final class ManPage {

  private final CommandSpec spec;
  private final Texts texts;
  private final String version;
  private final String date;
  private final StringBuilder page = new StringBuilder(4096);

  public ManPage(CommandLine command, Texts texts, String version, String date) {
    this.spec = command.getCommandSpec();
    this.texts = texts;
    this.version = version;
    this.date = date;
  }

  /** Name without ".1": {@code usbguard-key-add}. */
  public static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName("-");
  }

  /** The page. */
  public String render() {
    String name = spec.qualifiedName("-");
    line(
        ".TH "
            + quoted(name.toUpperCase(Locale.ROOT))
            + " 1 "
            + quoted(date)
            + " "
            + quoted(version));
    section("NAME");
    line(escape(name) + " \\- " + escape(firstSentence()));
    section("SYNOPSIS");
    synopsis();
    section("DESCRIPTION");
    for (String paragraph : spec.usageMessage().description()) {
      line(".PP");
      line(escape(format(paragraph)));
    }
    arguments();
    options();
    subcommands();
    exitStatus();
    seeAlso();
    return page.toString();
  }

  private void synopsis() {
    CommandLine command = spec.commandLine();
    Help help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
    String text = help.synopsis(0).replaceAll("\\s+", " ").strip();
    line(".B " + escape(spec.qualifiedName(" ")));
    String rest =
        text.substring(
            Math.min(text.length(), command.getCommandSpec().qualifiedName(" ").length()));
    line(escape(rest.strip()));
  }

  private void arguments() {
    List<PositionalParamSpec> shown =
        spec.positionalParameters().stream().filter(p -> !p.hidden()).toList();
    if (shown.isEmpty()) {
      return;
    }
    section("ARGUMENTS");
    shown.forEach(p -> item(p.paramLabel(), p));
  }

  private void options() {
    List<OptionSpec> shown = spec.options().stream().filter(o -> !o.hidden()).toList();
    if (shown.isEmpty()) {
      return;
    }
    section("OPTIONS");
    for (OptionSpec option : shown) {
      String label = String.join(", ", option.names());
      boolean takesValue = option.arity().max() > 0;
      item(takesValue ? label + " " + option.paramLabel() : label, option);
    }
  }

  private void subcommands() {
    if (spec.subcommands().isEmpty()) {
      return;
    }
    section("COMMANDS");
    spec.subcommands()
        .forEach(
            (name, command) -> {
              line(".TP");
              line(".B " + escape(name));
              line(escape(new ManPage(command, texts, version, date).firstSentence()));
            });
  }

  private void exitStatus() {
    section("EXIT STATUS");
    for (ExitCode code : ExitCode.values()) {
      line(".TP");
      line(".B " + code.number());
      line(escape(texts.get("exit." + code.number())));
    }
  }

  private void seeAlso() {
    List<String> others = new ArrayList<>();
    CommandSpec parent = spec.parent();
    if (parent != null) {
      others.add(parent.qualifiedName("-"));
    }
    spec.subcommands().values().forEach(c -> others.add(name(c)));
    if (others.isEmpty()) {
      return;
    }
    section("SEE ALSO");
    for (int i = 0; i < others.size(); i++) {
      line(".BR " + escape(others.get(i)) + " (1)" + (i + 1 < others.size() ? "," : ""));
    }
  }

  private void item(String label, ArgSpec arg) {
    line(".TP");
    line(".B " + escape(label));
    line(escape(format(String.join(" ", arg.description()))));
  }

  private String firstSentence() {
    String[] description = spec.usageMessage().description();
    return description.length == 0 ? spec.name() : format(description[0]);
  }

  private void section(String title) {
    line(".SH " + quoted(title));
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  private static String quoted(String text) {
    return '"' + escape(text) + '"';
  }

  // The texts are format strings for picocli.
  private static String format(String text) {
    return text.replace("%n", " ").replace("%%", "%");
  }

  private static String escape(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
