package uk.usbguard.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.usbguard.cli.console.SecretLines;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.failure.NamedFile;
import uk.usbguard.cli.failure.RegisterFailures;
import uk.usbguard.cli.failure.RegisterUnusableException;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.state.StateFolder;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.RegisterAddress;
import uk.usbguard.core.registry.RegisterEnvironment;
import uk.usbguard.core.registry.RegisterFailedException;
import uk.usbguard.core.registry.RegisterFailedException.Problem;
import uk.usbguard.core.registry.RegisterListener;

/** Where the register is, and how one gets in. Only commands of the register load a database. */
final class RegisterOptions {

  @Option(
      names = "--register",
      paramLabel = "FILE|URL",
      defaultValue = "${env:USBGUARD_REGISTER}",
      descriptionKey = "register")
  private @Nullable String register;

  @Option(
      names = "--register-password-file",
      paramLabel = "FILE",
      descriptionKey = "register-password-file")
  private @Nullable Path passwordFile;

  /** What is done with it. */
  @FunctionalInterface
  interface Work<T> {
    T on(DeviceRegister register) throws Exception;
  }

  /**
   * Does something with it. Whatever its database cannot do is said of this register.
   *
   * @param create whether a missing file is made
   * @param listener hears what the register does
   */
  <T> T use(Workbench bench, boolean create, RegisterListener listener, Work<T> work)
      throws Exception {
    try (DeviceRegister register = open(bench, create, listener)) {
      return work.on(register);
    } catch (RegisterFailedException e) {
      throw unusable(bench, e);
    }
  }

  /** The same failure, said of this register. */
  RegisterUnusableException unusable(Workbench bench, RegisterFailedException e)
      throws CommandException {
    var texts = bench.texts();
    String place =
        address(bench) instanceof RegisterAddress.OnServer server
            ? texts.get(
                "register.on-server",
                Printable.name(server.host()),
                Printable.name(server.database()))
            : Printable.name(file(bench).toString());
    return new RegisterUnusableException(place, e);
  }

  private DeviceRegister open(Workbench bench, boolean create, RegisterListener listener)
      throws IOException, CommandException, RegisterFailedException {
    RegisterAddress address = address(bench);
    StateFolder state = bench.state();
    // The driver unpacks its library here: not where everybody may write.
    System.setProperty("org.sqlite.tmpdir", state.createFolder("native").toString());
    if (create && !isNamed()) {
      state.createFolder("register");
    }
    var environment =
        new RegisterEnvironment(bench.clock(), listener, RegisterEnvironment.PATIENCE);
    Path file = passwordFile;
    char[] password = file == null ? null : fromFile(bench, file);
    try {
      return DeviceRegister.open(address, create, password, environment);
    } catch (RegisterFailedException e) {
      if (e.problem() != Problem.LOGIN_REFUSED || file != null || !bench.terminal().canAsk()) {
        throw e;
      }
    } finally {
      wipe(password);
    }
    char[] typed =
        bench
            .terminal()
            .askSecret(bench.texts().get("prompt.register-password"))
            .orElseThrow(() -> new CommandException(ExitCode.USAGE, "no-secret"));
    try {
      return DeviceRegister.open(address, create, typed, environment);
    } finally {
      wipe(typed);
    }
  }

  /** Uses it for a command that also works without: not if none is named and none was made. */
  <T> Optional<T> useIfThere(Workbench bench, Output output, Work<T> work) throws Exception {
    boolean isThere =
        isNamed()
            || (address(bench) instanceof RegisterAddress.InFile usual
                && Files.exists(usual.file()));
    if (!isThere) {
      return Optional.empty();
    }
    try {
      return Optional.of(use(bench, false, RegisterListener.NONE, work));
    } catch (RegisterUnusableException e) {
      if (isNamed()) {
        throw e;
      }
      String why = new RegisterFailures(bench.texts()).describe(e).orElseThrow().message();
      output.warning("register-not-asked", why);
      return Optional.empty();
    }
  }

  private boolean isNamed() {
    return register != null && !register.isBlank();
  }

  /** The register's file, for what can only be done with a file. */
  Path file(Workbench bench) throws CommandException {
    if (address(bench) instanceof RegisterAddress.InFile inFile) {
      return inFile.file();
    }
    throw new CommandException(ExitCode.USAGE, "register-on-server");
  }

  /**
   * Where it is, for those who must not get in by it: no user, no folder, no options.
   *
   * @param kind {@code file} or {@code server}
   */
  record Place(String kind, String name) {

    static Place of(RegisterAddress address) {
      if (address instanceof RegisterAddress.OnServer server) {
        return new Place("server", server.host() + ", " + server.database());
      }
      Path file = ((RegisterAddress.InFile) address).file();
      return new Place("file", String.valueOf(file.getFileName()));
    }
  }

  Place place(Workbench bench) throws CommandException {
    return Place.of(address(bench));
  }

  private RegisterAddress address(Workbench bench) throws CommandException {
    String typed = register;
    if (typed == null || typed.isBlank()) {
      return new RegisterAddress.InFile(bench.state().folder("register").resolve("register.db"));
    }
    try {
      return RegisterAddress.parse(typed, bench.folder());
    } catch (IllegalArgumentException e) {
      String[] why = String.valueOf(e.getMessage()).split(" ", 2);
      throw new CommandException(
          ExitCode.USAGE,
          "register-address",
          bench.texts().get("register.address." + why[0], Printable.name(why[why.length - 1])));
    }
  }

  private static char[] fromFile(Workbench bench, Path file) throws IOException, CommandException {
    try (var in = NamedFile.open(bench.path(file.toString()))) {
      return new SecretLines(in)
          .next()
          .orElseThrow(() -> new CommandException(ExitCode.USAGE, "no-secret"));
    }
  }

  private static void wipe(char @Nullable [] password) {
    if (password != null) {
      Arrays.fill(password, '\0');
    }
  }
}
