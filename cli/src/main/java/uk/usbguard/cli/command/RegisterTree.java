package uk.usbguard.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import uk.usbguard.core.registry.DeviceRegister;

/** The commands of the register. */
final class RegisterTree {

  private final Workbench bench;

  RegisterTree(Workbench bench) {
    this.bench = bench;
  }

  CommandLine device() {
    Map<String, Function<Workbench, Object>> commands = new LinkedHashMap<>();
    commands.put("register", DeviceRegisterCommand::new);
    commands.put("list", DeviceListCommand::new);
    commands.put("show", DeviceShowCommand::new);
    commands.put("approve", DeviceApproveCommand::new);
    commands.put("signoff", DeviceSignoffCommand::new);
    commands.put("handover", DeviceHandoverCommand::new);
    commands.put("issue", b -> new DeviceSimpleCommand(b, "issue", DeviceRegister::issue));
    commands.put("return", b -> new DeviceSimpleCommand(b, "return", DeviceRegister::giveBack));
    commands.put("suspend", b -> new DeviceSimpleCommand(b, "suspend", DeviceRegister::suspend));
    commands.put("resume", b -> new DeviceSimpleCommand(b, "resume", DeviceRegister::resume));
    commands.put("lost", b -> new DeviceSimpleCommand(b, "lost", DeviceRegister::lost));
    commands.put("found", b -> new DeviceSimpleCommand(b, "found", DeviceRegister::found));
    commands.put("clear", DeviceClearCommand::new);
    commands.put("wiped", DeviceWipedCommand::new);
    commands.put("retire", b -> new DeviceSimpleCommand(b, "retire", DeviceRegister::retire));
    commands.put("transfer", DeviceTransferCommand::new);
    commands.put("exception", DeviceExceptionCommand::new);
    commands.put("leaver", DeviceLeaverCommand::new);
    commands.put("findings", DeviceFindingsCommand::new);
    commands.put("import", DeviceImportCommand::new);
    commands.put("export", DeviceExportCommand::new);
    commands.put("restore", DeviceRestoreCommand::new);
    return group("device", commands);
  }

  CommandLine org() {
    Map<String, Function<Workbench, Object>> commands = new LinkedHashMap<>();
    commands.put("init", OrgInitCommand::new);
    commands.put("show", OrgShowCommand::new);
    return group("org", commands);
  }

  private CommandLine group(String name, Map<String, Function<Workbench, Object>> commands) {
    CommandLine group = new CommandLine(new CommandGroup(bench)).setCommandName(name);
    commands.forEach((word, command) -> group.addSubcommand(word, command.apply(bench)));
    return group;
  }
}
