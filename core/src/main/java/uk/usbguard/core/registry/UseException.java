package uk.usbguard.core.registry;

import java.time.LocalDate;

/**
 * Leave to do what the rules forbid, by a named person, until a day.
 *
 * @param boardReference where the report to the Board names it; only for unencrypted drives
 * @param ends its last day
 */
public record UseException(
    ExceptionKind kind,
    String approver,
    String riskAssessment,
    String boardReference,
    LocalDate ends) {

  /** What is forbidden otherwise. */
  public enum ExceptionKind {
    /** A personal drive: REG-07. */
    BYOD,
    /** A drive that is not encrypted: GOV-02. */
    UNENCRYPTED
  }

  /** Whether it holds on this day. */
  public boolean isInForce(LocalDate today) {
    return !today.isAfter(ends);
  }

  UseException checked() throws RegisterRefusedException {
    boolean byod = kind == ExceptionKind.BYOD;
    return new UseException(
        kind,
        PlainText.required(byod ? Field.BYOD_APPROVER : Field.UNENCRYPTED_APPROVER, approver),
        PlainText.required(
            byod ? Field.BYOD_RISK_ASSESSMENT : Field.UNENCRYPTED_RISK_ASSESSMENT, riskAssessment),
        byod ? "" : PlainText.required(Field.UNENCRYPTED_BOARD_REFERENCE, boardReference),
        ends);
  }
}
