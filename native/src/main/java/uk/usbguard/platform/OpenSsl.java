package uk.usbguard.platform;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import uk.usbguard.core.error.BugException;

/**
 * What is called of OpenSSL 3, as crypto.h and evp.h declare it. Addresses are numbers here, which
 * JNA passes on as they are: whoever gives one sees to it that what lies there stays.
 */
final class OpenSsl {

  private static final String LIBRARY = "libcrypto.so.3";

  static {
    Native.register(OpenSsl.class, NativeLibrary.getInstance(LIBRARY));
  }

  private OpenSsl() {}

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
  static native int EVP_CipherUpdate(long context, long out, long outLength, long in, int inLength);

  @SuppressWarnings("checkstyle:MethodName")
  static native int EVP_CipherFinal_ex(long context, long out, long outLength);

  static long address(Memory block) {
    return Pointer.nativeValue(block);
  }

  static long address(ByteBuffer buffer) {
    if (!buffer.isDirect()) {
      throw new IllegalArgumentException("a buffer in the heap has no address");
    }
    return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
  }

  static void check(int result, String what) {
    if (result != 1) {
      throw new BugException("OpenSSL refuses " + what);
    }
  }
}
