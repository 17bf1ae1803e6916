package uk.usbguard.platform;

import com.sun.jna.Memory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Objects;
import uk.usbguard.core.crypto.GcmCipher;
import uk.usbguard.core.error.BugException;

/**
 * AES-256-GCM under one key, which lies in a context of OpenSSL's. A record is worked on in place
 * in a block outside the heap, or goes from one buffer outside the heap to another.
 */
final class OpenSslGcm implements GcmCipher {

  // Of evp.h.
  private static final int GET_TAG = 0x10;
  private static final int SET_TAG = 0x11;

  // Where in a block what lies: a length that nobody asks for, the IV, the associated data, and
  // behind it the record, which its tag follows.
  private static final int LENGTH_AT = 0;
  private static final int IV_AT = 16;
  private static final int AAD_AT = 32;
  private static final int ALIGNED = 64;

  private final Blocks blocks;
  private long context;

  /** The context is this cipher's from now on. */
  OpenSslGcm(long context, Blocks blocks) {
    this.context = context;
    this.blocks = blocks;
  }

  @Override
  public void seal(
      byte[] iv, byte[] aad, byte[] plain, int offset, int length, byte[] out, int outOffset) {
    int record = recordAt(aad);
    Memory block = blocks.take(record + length + TAG_LENGTH);
    boolean done = false;
    try {
      block.write(record, plain, offset, length);
      block.write(IV_AT, iv, 0, IV_LENGTH);
      begin(block, OpenSsl.address(block) + IV_AT, aad, 1);
      long text = OpenSsl.address(block) + record;
      update(block, text, text, length);
      if (!ends(block, text + length)) {
        throw new BugException("OpenSSL refuses to end a record");
      }
      OpenSsl.check(
          OpenSsl.EVP_CIPHER_CTX_ctrl(context, GET_TAG, TAG_LENGTH, text + length), "a tag");
      block.read(record, out, outOffset, length + TAG_LENGTH);
      done = true; // the ciphertext is in the place of the plaintext
    } finally {
      if (!done) {
        block.setMemory(record, length, (byte) 0);
      }
      blocks.giveBack(block);
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
    Memory block = blocks.take(record + plain + TAG_LENGTH);
    try {
      block.write(record, sealed, offset + IV_LENGTH, plain + TAG_LENGTH);
      block.write(IV_AT, sealed, offset, IV_LENGTH);
      begin(block, OpenSsl.address(block) + IV_AT, aad, 0);
      long text = OpenSsl.address(block) + record;
      update(block, text, text, plain);
      OpenSsl.check(
          OpenSsl.EVP_CIPHER_CTX_ctrl(context, SET_TAG, TAG_LENGTH, text + plain), "a tag");
      if (!ends(block, text + plain)) {
        return false;
      }
      block.read(record, out, outOffset, plain);
      return true;
    } finally {
      block.setMemory(record, plain, (byte) 0);
      blocks.giveBack(block);
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
    long from = OpenSsl.address(sealed) + at;
    long into = OpenSsl.address(out) + to;
    if (out.isReadOnly() || (from < into + plain && into < from + length)) {
      throw new IllegalArgumentException("not a buffer to open this record into");
    }
    Memory block = blocks.take(recordAt(aad));
    try {
      long text = from + IV_LENGTH;
      begin(block, from, aad, 0);
      update(block, into, text, plain);
      OpenSsl.check(
          OpenSsl.EVP_CIPHER_CTX_ctrl(context, SET_TAG, TAG_LENGTH, text + plain), "a tag");
      return ends(block, text + plain);
    } finally {
      blocks.giveBack(block);
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
    OpenSsl.check(OpenSsl.EVP_CipherInit_ex(context, 0, 0, 0, iv, seals), "an IV");
    update(block, 0, OpenSsl.address(block) + AAD_AT, aad.length);
  }

  private void update(Memory block, long out, long in, int length) {
    OpenSsl.check(
        OpenSsl.EVP_CipherUpdate(context, out, OpenSsl.address(block) + LENGTH_AT, in, length),
        "a record");
  }

  /** Whether the end is as it should be: of what is opened, whether the tag is right. */
  private boolean ends(Memory block, long out) {
    return OpenSsl.EVP_CipherFinal_ex(context, out, OpenSsl.address(block) + LENGTH_AT) == 1;
  }

  @Override
  public void close() {
    OpenSsl.EVP_CIPHER_CTX_free(context); // nothing happens the second time, with 0
    context = 0;
  }

  @Override
  public String toString() {
    return "AES-256-GCM, redacted";
  }
}
