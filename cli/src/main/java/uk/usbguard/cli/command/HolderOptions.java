package uk.usbguard.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.Holder;
import uk.usbguard.core.registry.Ownership;

/** Who answers for a drive. */
final class HolderOptions {

  @Option(names = "--owner", required = true, paramLabel = "PERSON", descriptionKey = "owner")
  private String owner = "";

  @Option(names = "--manager", required = true, paramLabel = "PERSON", descriptionKey = "manager")
  private String manager = "";

  @Option(names = "--organisation", paramLabel = "NAME", descriptionKey = "organisation")
  private @Nullable String organisation;

  @ArgGroup private final Kind kind = new Kind();

  /** Neither means: the organisation's, in one person's hands. */
  static final class Kind {
    @Option(names = "--pooled", descriptionKey = "pooled")
    private boolean pooled;

    @Option(names = "--byod", descriptionKey = "byod")
    private boolean byod;
  }

  /** As it was said; of the register's organisation if none was named. */
  Holder holder(DeviceRegister register) throws UsbguardException {
    String named = organisation;
    String whose = named == null ? register.settings().organisation().name() : named;
    Ownership ownership = kind.byod ? Ownership.PERSONAL : Ownership.ASSIGNED;
    return new Holder(kind.pooled ? Ownership.POOLED : ownership, owner, manager, whose);
  }
}
