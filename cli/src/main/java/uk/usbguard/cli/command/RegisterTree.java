package uk.usbguard.cli.command;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import uk.usbguard.cli.command.DeviceSimpleCommand.Deed;
import uk.usbguard.core.evidence.ReportKind;
import uk.usbguard.core.registry.Action;
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
    commands.put("issue", simple(Action.ISSUE, DeviceRegister::issue));
    commands.put("return", simple(Action.RETURN, DeviceRegister::giveBack));
    commands.put("suspend", simple(Action.SUSPEND, DeviceRegister::suspend));
    commands.put("resume", simple(Action.RESUME, DeviceRegister::resume));
    commands.put("lost", simple(Action.LOST, DeviceRegister::lost));
    commands.put("found", simple(Action.FOUND, DeviceRegister::found));
    commands.put("clear", DeviceClearCommand::new);
    commands.put("container", DeviceContainerCommand::new);
    commands.put("check-in", DeviceCheckInCommand::new);
    commands.put("wiped", DeviceWipedCommand::new);
    commands.put("retire", simple(Action.RETIRE, DeviceRegister::retire));
    commands.put("transfer", DeviceTransferCommand::new);
    commands.put("exception", DeviceExceptionCommand::new);
    commands.put("sample", DeviceSampleCommand::new);
    commands.put("spot-check", DeviceSpotCheckCommand::new);
    commands.put("leaver", DeviceLeaverCommand::new);
    commands.put("findings", DeviceFindingsCommand::new);
    commands.put("import", DeviceImportCommand::new);
    commands.put("export", DeviceExportCommand::new);
    commands.put("restore", DeviceRestoreCommand::new);
    return group("device", commands);
  }

  private static Function<Workbench, Object> simple(Action action, Deed deed) {
    return bench -> new DeviceSimpleCommand(bench, action, deed);
  }

  CommandLine org() {
    Map<String, Function<Workbench, Object>> commands = new LinkedHashMap<>();
    commands.put("init", OrgInitCommand::new);
    commands.put("show", OrgShowCommand::new);
    return group("org", commands);
  }

  CommandLine report() {
    Map<String, Function<Workbench, Object>> commands = new LinkedHashMap<>();
    for (ReportKind kind : ReportKind.values()) {
      commands.put(
          kind.name().toLowerCase(Locale.ROOT), workbench -> new ReportCommand(workbench, kind));
    }
    return group("report", commands);
  }

  private CommandLine group(String name, Map<String, Function<Workbench, Object>> commands) {
    CommandLine group = new CommandLine(new CommandGroup(bench)).setCommandName(name);
    commands.forEach((word, command) -> group.addSubcommand(word, command.apply(bench)));
    return group;
  }
}
