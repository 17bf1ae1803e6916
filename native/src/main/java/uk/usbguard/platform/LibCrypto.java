package uk.usbguard.platform;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import uk.usbguard.core.crypto.GcmCipher;
import uk.usbguard.core.crypto.GcmEngine;
import uk.usbguard.core.error.BugException;

/**
 * AES-256-GCM of OpenSSL 3, where the system has it: compiled already, so that a process which
 * lives for a second does not spend half of it in the JIT. What it gives is compared with a known
 * answer before it is used.
 *
 * <p>Keys lie in OpenSSL's memory, which wipes them. A record is worked on in place in a block
 * outside the heap; plaintext that was in it is wiped.
 */
public final class LibCrypto implements GcmEngine {

  private static final String LIBRARY = "libcrypto.so.3";

  // Of crypto.h: no configuration of the system's or the user's, which could load code; and nothing
  // torn down at exit while a thread still seals.
  private static final long NO_LOAD_CONFIG = 0x80;
  private static final long NO_ATEXIT = 0x80000;

  // Of evp.h.
  private static final int GET_TAG = 0x10;
  private static final int SET_TAG = 0x11;

  private static final int KEY_LENGTH = 32;

  /** Room for a whole extent and all that belongs to it. */
  private static final int SCRATCH = 66 * 1024;

  private static final int MOST_SCRATCHES = 16;

  private final String version;
  private final long algorithm;
  private final BlockingQueue<Memory> scratches = new ArrayBlockingQueue<>(MOST_SCRATCHES);

  private LibCrypto(String version, long algorithm) {
    this.version = version;
    this.algorithm = algorithm;
  }

  /**
   * The system's library, or nothing: it is not there, does not load or does not give what it
   * should. Only Linux is asked, where such libraries come from the system's packages.
   */
  public static Optional<GcmEngine> find(Optional<OperatingSystem> system) {
    if (!system.equals(Optional.of(OperatingSystem.LINUX))) {
      return Optional.empty();
    }
    try {
      // The first is a question to JNA's own library, which not every processor has.
      if (Native.POINTER_SIZE != Long.BYTES
          || Calls.OPENSSL_init_crypto(NO_LOAD_CONFIG | NO_ATEXIT, 0) != 1) {
        return Optional.empty();
      }
      GcmEngine engine = new LibCrypto(Calls.OpenSSL_version(0), Calls.EVP_aes_256_gcm());
      return isGenuine(engine) ? Optional.of(engine) : Optional.empty();
    } catch (LinkageError | BugException e) {
      return Optional.empty(); // it does not load, lacks something or refuses
    }
  }

  // NIST CAVP, gcmEncryptExtIV256.rsp, PTlen = 128, AADlen = 128, Count = 0.
  static boolean isGenuine(GcmEngine engine) {
    HexFormat hex = HexFormat.of();
    byte[] iv = hex.parseHex("ac93a1a6145299bde902f21a");
    byte[] aad = hex.parseHex("1e0889016f67601c8ebea4943bc23ad6");
    byte[] plain = hex.parseHex("2d71bcfa914e4ac045b2aa60955fad24");
    byte[] answer =
        hex.parseHex(
            "ac93a1a6145299bde902f21a"
                + "8995ae2e6df3dbf96fac7b7137bae67feca5aa77d51d4a0a14d9c51e1da474ab");
    byte[] sealed = Arrays.copyOf(iv, answer.length);
    byte[] opened = new byte[plain.length];
    try (GcmCipher cipher =
        engine.forKey(
            hex.parseHex("92e11dcdaa866f5ce790fd24501f92509aacf4cb8b1339d50c9c1240935dd08b"))) {
      cipher.seal(iv, aad, plain, 0, plain.length, sealed, iv.length);
      ByteBuffer record = engine.buffer(answer.length).put(answer);
      ByteBuffer out = engine.buffer(plain.length);
      boolean good =
          Arrays.equals(answer, sealed)
              && cipher.open(aad, sealed, 0, sealed.length, opened, 0)
              && Arrays.equals(plain, opened)
              && cipher.open(aad, record, 0, answer.length, out, 0)
              && out.equals(ByteBuffer.wrap(plain));
      sealed[sealed.length - 1] ^= 1;
      record.put(answer.length - 1, sealed[sealed.length - 1]);
      return good
          && !cipher.open(aad, sealed, 0, sealed.length, opened, 0)
          && !cipher.open(aad, record, 0, answer.length, out, 0);
    }
  }

  @Override
  public String module() {
    return version;
  }

  @Override
  public boolean needsWarmUp() {
    return false;
  }

  @Override
  public ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes);
  }

  @Override
  public GcmCipher forKey(byte[] key) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("an AES-256 key of " + key.length + " bytes");
    }
    long context = Calls.EVP_CIPHER_CTX_new();
    if (context == 0) {
      throw new OutOfMemoryError("OpenSSL has no memory for a cipher");
    }
    boolean done = false;
    try (Memory block = new Memory(key.length)) {
      try {
        block.write(0, key, 0, key.length);
        check(Calls.EVP_CipherInit_ex(context, algorithm, 0, address(block), 0, 1), "a key");
        done = true;
      } finally {
        block.clear();
      }
    } finally {
      if (!done) {
        Calls.EVP_CIPHER_CTX_free(context);
      }
    }
    return new OneKey(context);
  }

  /** A block of at least so many bytes; whoever takes it gives it back. */
  private Memory take(int bytes) {
    Memory idle = bytes > SCRATCH ? null : scratches.poll();
    return idle != null ? idle : new Memory(Math.max(bytes, SCRATCH));
  }

  private void giveBack(Memory scratch) {
    if (scratch.size() > SCRATCH || !scratches.offer(scratch)) {
      scratch.close();
    }
  }

  private static long address(Memory block) {
    return Pointer.nativeValue(block);
  }

  private static long address(ByteBuffer buffer) {
    if (!buffer.isDirect()) {
      throw new IllegalArgumentException("a buffer in the heap has no address");
    }
    return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
  }

  private static void check(int result, String what) {
    if (result != 1) {
      throw new BugException("OpenSSL refuses " + what);
    }
  }

  /** A context of OpenSSL's. */
  private final class OneKey implements GcmCipher {

    // Where in a block what lies: a length that nobody asks for, the IV, the associated data, and
    // behind it the record, which its tag follows.
    private static final int LENGTH_AT = 0;
    private static final int IV_AT = 16;
    private static final int AAD_AT = 32;
    private static final int ALIGNED = 64;

    private long context;

    OneKey(long context) {
      this.context = context;
    }

    @Override
    public void seal(
        byte[] iv, byte[] aad, byte[] plain, int offset, int length, byte[] out, int outOffset) {
      int record = recordAt(aad);
      Memory block = take(record + length + TAG_LENGTH);
      boolean done = false;
      try {
        block.write(record, plain, offset, length);
        block.write(IV_AT, iv, 0, IV_LENGTH);
        begin(block, address(block) + IV_AT, aad, 1);
        long text = address(block) + record;
        update(block, text, text, length);
        if (!ends(block, text + length)) {
          throw new BugException("OpenSSL refuses to end a record");
        }
        check(Calls.EVP_CIPHER_CTX_ctrl(context, GET_TAG, TAG_LENGTH, text + length), "a tag");
        block.read(record, out, outOffset, length + TAG_LENGTH);
        done = true; // the ciphertext is in the place of the plaintext
      } finally {
        if (!done) {
          block.setMemory(record, length, (byte) 0);
        }
        giveBack(block);
      }
    }

    @Override
    public boolean open(
        byte[] aad, byte[] sealed, int offset, int length, byte[] out, int outOffset) {
      int plain = plainLength(length);
      if (plain < 0) {
        return false;
      }
      int record = recordAt(aad);
      Memory block = take(record + plain + TAG_LENGTH);
      try {
        block.write(record, sealed, offset + IV_LENGTH, plain + TAG_LENGTH);
        block.write(IV_AT, sealed, offset, IV_LENGTH);
        begin(block, address(block) + IV_AT, aad, 0);
        long text = address(block) + record;
        update(block, text, text, plain);
        check(Calls.EVP_CIPHER_CTX_ctrl(context, SET_TAG, TAG_LENGTH, text + plain), "a tag");
        if (!ends(block, text + plain)) {
          return false;
        }
        block.read(record, out, outOffset, plain);
        return true;
      } finally {
        block.setMemory(record, plain, (byte) 0);
        giveBack(block);
      }
    }

    @Override
    public boolean open(byte[] aad, ByteBuffer sealed, int at, int length, ByteBuffer out, int to) {
      int plain = plainLength(length);
      if (plain < 0) {
        return false;
      }
      // Addresses know no bounds.
      Objects.checkFromIndexSize(at, length, sealed.capacity());
      Objects.checkFromIndexSize(to, plain, out.capacity());
      long from = address(sealed) + at;
      long into = address(out) + to;
      if (out.isReadOnly() || (from < into + plain && into < from + length)) {
        throw new IllegalArgumentException("not a buffer to open this record into");
      }
      Memory block = take(recordAt(aad));
      try {
        long text = from + IV_LENGTH;
        begin(block, from, aad, 0);
        update(block, into, text, plain);
        check(Calls.EVP_CIPHER_CTX_ctrl(context, SET_TAG, TAG_LENGTH, text + plain), "a tag");
        return ends(block, text + plain);
      } finally {
        giveBack(block);
        Reference.reachabilityFence(sealed);
        Reference.reachabilityFence(out);
      }
    }

    private static int plainLength(int sealedLength) {
      return sealedLength - IV_LENGTH - TAG_LENGTH;
    }

    private static int recordAt(byte[] aad) {
      return (AAD_AT + aad.length + ALIGNED - 1) / ALIGNED * ALIGNED;
    }

    private void begin(Memory block, long iv, byte[] aad, int seals) {
      if (context == 0) {
        throw new IllegalStateException("the cipher is closed");
      }
      block.write(AAD_AT, aad, 0, aad.length);
      check(Calls.EVP_CipherInit_ex(context, 0, 0, 0, iv, seals), "an IV");
      update(block, 0, address(block) + AAD_AT, aad.length);
    }

    private void update(Memory block, long out, long in, int length) {
      check(
          Calls.EVP_CipherUpdate(context, out, address(block) + LENGTH_AT, in, length), "a record");
    }

    /** Whether the end is as it should be: of what is opened, whether the tag is right. */
    private boolean ends(Memory block, long out) {
      return Calls.EVP_CipherFinal_ex(context, out, address(block) + LENGTH_AT) == 1;
    }

    @Override
    public void close() {
      Calls.EVP_CIPHER_CTX_free(context); // nothing happens the second time, with 0
      context = 0;
    }

    @Override
    public String toString() {
      return "AES-256-GCM, redacted";
    }
  }

  /** Of crypto.h and evp.h; addresses are numbers here, which JNA passes on as they are. */
  private static final class Calls {

    static {
      Native.register(Calls.class, NativeLibrary.getInstance(LIBRARY));
    }

    private Calls() {}

    @SuppressWarnings("checkstyle:MethodName") // the function's
    static native int OPENSSL_init_crypto(long options, long settings);

    @SuppressWarnings("checkstyle:MethodName")
    static native String OpenSSL_version(int part);

    @SuppressWarnings("checkstyle:MethodName")
    static native long EVP_aes_256_gcm();

    @SuppressWarnings("checkstyle:MethodName")
    static native long EVP_CIPHER_CTX_new();

    @SuppressWarnings("checkstyle:MethodName")
    static native void EVP_CIPHER_CTX_free(long context);

    @SuppressWarnings("checkstyle:MethodName")
    static native int EVP_CIPHER_CTX_ctrl(long context, int what, int number, long place);

    @SuppressWarnings("checkstyle:MethodName")
    static native int EVP_CipherInit_ex(
        long context, long algorithm, long engine, long key, long iv, int seals);

    @SuppressWarnings("checkstyle:MethodName")
    static native int EVP_CipherUpdate(
        long context, long out, long outLength, long in, int inLength);

    @SuppressWarnings("checkstyle:MethodName")
    static native int EVP_CipherFinal_ex(long context, long out, long outLength);
  }
}
