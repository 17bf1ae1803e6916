package uk.usbguard.core.nio;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** What a channel is opened for, with what the options imply and without what they overrule. */
record ChannelOptions(
    boolean read,
    boolean write,
    boolean append,
    boolean truncate,
    Creation creation,
    boolean deleteOnClose,
    boolean sync) {

  /** What happens if the file is not there. */
  enum Creation {
    /** It has to be there. */
    NONE,
    /** It is made. */
    IF_MISSING,
    /** It is made, and must not be there. */
    ALWAYS
  }

  static ChannelOptions of(Set<? extends OpenOption> options) {
    for (OpenOption option : options) {
      if (!(option instanceof StandardOpenOption) && option != LinkOption.NOFOLLOW_LINKS) {
        throw new UnsupportedOperationException("open option");
      }
    }
    boolean append = options.contains(StandardOpenOption.APPEND);
    boolean write = append || options.contains(StandardOpenOption.WRITE);
    boolean read = !write || options.contains(StandardOpenOption.READ);
    if (append && read) {
      throw new IllegalArgumentException("READ and APPEND");
    }
    boolean truncate = write && options.contains(StandardOpenOption.TRUNCATE_EXISTING);
    if (append && truncate) {
      throw new IllegalArgumentException("APPEND and TRUNCATE_EXISTING");
    }
    return new ChannelOptions(
        read,
        write,
        append,
        truncate,
        write ? creation(options) : Creation.NONE,
        options.contains(StandardOpenOption.DELETE_ON_CLOSE),
        options.contains(StandardOpenOption.SYNC) || options.contains(StandardOpenOption.DSYNC));
  }

  private static Creation creation(Set<? extends OpenOption> options) {
    if (options.contains(StandardOpenOption.CREATE_NEW)) {
      return Creation.ALWAYS;
    }
    return options.contains(StandardOpenOption.CREATE) ? Creation.IF_MISSING : Creation.NONE;
  }
}
