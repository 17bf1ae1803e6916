package uk.usbguard.core.registry;

import java.time.LocalDate;

/**
 * The owner's signature under the agreement: REG-04.
 *
 * @param version of the agreement that was signed
 */
public record SignOff(
    String name, String designation, String organisation, LocalDate date, String version) {

  SignOff checked() throws RegisterRefusedException {
    return new SignOff(
        PlainText.required(Field.SIGN_OFF_NAME, name),
        PlainText.required(Field.SIGN_OFF_DESIGNATION, designation),
        PlainText.required(Field.SIGN_OFF_ORGANISATION, organisation),
        date,
        PlainText.required(Field.SIGN_OFF_VERSION, version));
  }
}
