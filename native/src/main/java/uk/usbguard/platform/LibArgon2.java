package uk.usbguard.platform;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.crypto.Argon2Engine;
import uk.usbguard.core.crypto.KdfCost;

/**
 * The reference implementation of Argon2, where the system has it: compiled already, one thread for
 * each lane, its memory outside the heap and wiped by it. What it gives is compared with a known
 * answer before it is used; where it refuses, as for want of memory, Bouncy Castle computes.
 */
public final class LibArgon2 implements Argon2Engine {

  private static final String LIBRARY = "libargon2.so.1";

  private static final int ARGON2ID = 2;
  private static final int VERSION_13 = 0x13;

  // printf %s password | argon2 somesalt-16bytes -id -t 1 -k 8 -p 1 -l 32 -r -v 13
  private static final byte[] KNOWN_ANSWER =
      HexFormat.of().parseHex("f204c700fd7ee7b7b9f4abef8075e3c75272f8168773adb993211000321a0deb");

  private final Argon2Engine otherwise;

  private LibArgon2(Argon2Engine otherwise) {
    this.otherwise = otherwise;
  }

  /**
   * The system's library, or nothing: it is not there, does not load or does not give what it
   * should. Only Linux is asked, where such libraries come from the system's packages.
   */
  public static Optional<Argon2Engine> find(Optional<OperatingSystem> system) {
    if (!system.equals(Optional.of(OperatingSystem.LINUX))) {
      return Optional.empty();
    }
    try {
      return isGenuine()
          ? Optional.of(new LibArgon2(Argon2Engine.bouncyCastle()))
          : Optional.empty();
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }

  @Override
  public String module() {
    return "libargon2";
  }

  @Override
  public byte[] derive(byte[] passphrase, KdfCost cost, byte[] salt, int length) {
    byte @Nullable [] derived =
        hash(cost.passes(), cost.memoryKib(), cost.lanes(), passphrase, salt, length);
    return derived == null ? otherwise.derive(passphrase, cost, salt, length) : derived;
  }

  private static boolean isGenuine() {
    byte[] password = {'p', 'a', 's', 's', 'w', 'o', 'r', 'd'};
    byte[] salt = {'s', 'o', 'm', 'e', 's', 'a', 'l', 't', '-', '1', '6', 'b', 'y', 't', 'e', 's'};
    return Arrays.equals(KNOWN_ANSWER, hash(1, 8, 1, password, salt, KNOWN_ANSWER.length));
  }

  /** Null if it refuses. All that is secret lies in one block, which is wiped. */
  private static byte @Nullable [] hash(
      int passes, int memoryKib, int lanes, byte[] passphrase, byte[] salt, int length) {
    int behindPassphrase = passphrase.length;
    int behindSalt = behindPassphrase + salt.length;
    try (Memory block = new Memory(behindSalt + length)) {
      try {
        block.write(0, passphrase, 0, passphrase.length);
        block.write(behindPassphrase, salt, 0, salt.length);
        int refused =
            Calls.argon2_hash(
                passes,
                memoryKib,
                lanes,
                block,
                new NativeLong(passphrase.length),
                block.share(behindPassphrase),
                new NativeLong(salt.length),
                block.share(behindSalt),
                new NativeLong(length),
                null,
                new NativeLong(0),
                ARGON2ID,
                VERSION_13);
        return refused == 0 ? block.getByteArray(behindSalt, length) : null;
      } finally {
        block.clear();
      }
    }
  }

  /** Of argon2.h. */
  private static final class Calls {

    static {
      Native.register(Calls.class, NativeLibrary.getInstance(LIBRARY));
    }

    private Calls() {}

    @SuppressWarnings("checkstyle:MethodName") // the function's
    static native int argon2_hash(
        int passes,
        int memoryKib,
        int lanes,
        Pointer passphrase,
        NativeLong passphraseLength,
        Pointer salt,
        NativeLong saltLength,
        Pointer out,
        NativeLong outLength,
        @Nullable Pointer encoded,
        NativeLong encodedLength,
        int type,
        int version);
  }
}
