package uk.usbguard.cli.sheet;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;
import uk.usbguard.core.error.BugException;

/** A QR code with the text of a recovery key. */
final class QrCode {

  private final BitMatrix modules;

  private QrCode(BitMatrix modules) {
    this.modules = modules;
  }

  // zxing takes Strings only; this one is garbage as soon as the code is made.
  static QrCode of(char[] text) {
    try {
      return new QrCode(
          new QRCodeWriter()
              .encode(
                  new String(text),
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(
                      EncodeHintType.ERROR_CORRECTION,
                      ErrorCorrectionLevel.Q,
                      EncodeHintType.MARGIN,
                      4)));
    } catch (WriterException e) {
      throw new BugException("a recovery key does not fit a QR code", e);
    }
  }

  /** Modules in a row, with the quiet zone. */
  int size() {
    return modules.getWidth();
  }

  boolean isDark(int x, int y) {
    return modules.get(x, y);
  }
}
