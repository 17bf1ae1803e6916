package uk.usbguard.cli.render;

import java.util.Locale;
import uk.usbguard.cli.failure.ExitCode;

/** What can be worth saying about one file or folder, and what it makes of the exit code. */
public enum NoteKind {
  /** A symbolic link: neither followed nor stored. */
  LINK(ExitCode.OK, true),
  /** A pipe, socket or device. */
  SPECIAL_FILE(ExitCode.OK, true),
  /** Was there when the folder was read and is gone. */
  VANISHED(ExitCode.OK, true),
  /** Grew or shrank while it was read; stored as far as it was read. */
  CHANGED_WHILE_READ(ExitCode.OK, true),
  /** Could not be read: not stored. */
  UNREADABLE(ExitCode.IO, true),
  /** A name that the container does not take. */
  NAME_REFUSED(ExitCode.CANNOT_CREATE, true),
  /** The name on disk is not valid Unicode: stored with %XX for the odd bytes. */
  NAME_ESCAPED(ExitCode.OK, false),
  /** Another name, because the one it has is taken or forbidden. */
  RENAMED(ExitCode.OK, false),
  /** Something else has the name already, and replacing was not asked for. */
  EXISTS(ExitCode.CANNOT_CREATE, true),
  /** The container's own file, in the folder that is being stored. */
  CONTAINER_ITSELF(ExitCode.OK, false),
  /** A folder that belongs to the operating system. */
  SYSTEM_ENTRY(ExitCode.OK, false),
  /** The medium is full: it stays where it is. */
  NO_ROOM(ExitCode.IO, true),
  /** The same source again. */
  GIVEN_TWICE(ExitCode.OK, false),
  /** Stored, but the plain copy could not be removed or is no longer the same. */
  NOT_REMOVED(ExitCode.IO, false),
  /** Does not verify: not taken out. */
  DAMAGED(ExitCode.DAMAGED, true),
  /** Does not verify in part: taken out under a marked name, with zeros in place of that part. */
  DAMAGED_COPY(ExitCode.DAMAGED, true),
  /** What was saved last cannot be read: an older state was taken out. */
  LOST_SAVE(ExitCode.DAMAGED, false),
  /** Names in it cannot be read: what they stand for was not taken out. */
  DAMAGED_FOLDER(ExitCode.DAMAGED, true),
  /** Could not be written: not taken out. */
  NOT_WRITTEN(ExitCode.IO, true);

  private final ExitCode effect;
  private final boolean leftOut;

  NoteKind(ExitCode effect, boolean leftOut) {
    this.effect = effect;
    this.leftOut = leftOut;
  }

  /** What the command ends with, at least. */
  public ExitCode effect() {
    return effect;
  }

  /** Whether the file is incomplete or missing in the result; --strict makes an error of it. */
  public boolean isLeftOut() {
    return leftOut;
  }

  /** As in JSON and in the keys of the texts. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
