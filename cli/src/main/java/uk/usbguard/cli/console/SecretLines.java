package uk.usbguard.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;

/**
 * Lines with a secret in them, of a stream of UTF-8. Reads byte by byte and never beyond the end of
 * a line, so that the next line is still there and nothing lies in a buffer; wipes what it used.
 */
public final class SecretLines {

  /** More than a passphrase may have; a longer line is a mistake, such as the wrong file. */
  static final int MAXIMUM_BYTES = 8192;

  /** The byte order mark. */
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;

  public SecretLines(InputStream in) {
    this.in = in;
  }

  /** The next line without its end. Empty at the end of input. The caller wipes the array. */
  public Optional<char[]> next() throws IOException, CommandException {
    byte[] line = new byte[MAXIMUM_BYTES + 2];
    try {
      int length = read(line);
      if (length < 0) {
        return Optional.empty();
      }
      if (length > 0 && line[length - 1] == '\r') {
        length--;
      }
      int from = startsWithMark(line, length) ? MARK.length : 0;
      return Optional.of(decode(line, from, length - from));
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  /** Windows' editors put it before a text; nobody types it. */
  private static boolean startsWithMark(byte[] line, int length) {
    return length >= MARK.length && Arrays.equals(line, 0, MARK.length, MARK, 0, MARK.length);
  }

  private int read(byte[] line) throws IOException, CommandException {
    int length = 0;
    int b = in.read();
    if (b < 0) {
      return -1;
    }
    while (b >= 0 && b != '\n') {
      if (length > MAXIMUM_BYTES) {
        throw new CommandException(ExitCode.USAGE, "secret-too-long");
      }
      line[length++] = (byte) b;
      b = in.read();
    }
    return length;
  }

  private static char[] decode(byte[] line, int from, int length) throws CommandException {
    char[] room = new char[length];
    try {
      CharBuffer chars = CharBuffer.wrap(room);
      var decoder =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      var result = decoder.decode(ByteBuffer.wrap(line, from, length), chars, true);
      if (result.isError()) {
        result.throwException();
      }
      return Arrays.copyOf(room, chars.position());
    } catch (CharacterCodingException e) {
      throw new CommandException(ExitCode.USAGE, "secret-not-utf8");
    } finally {
      Arrays.fill(room, '\0');
    }
  }
}
