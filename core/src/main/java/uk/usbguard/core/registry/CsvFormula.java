package uk.usbguard.core.registry;

/**
 * Cells that a spreadsheet would run. One that begins like a formula gets an apostrophe before it,
 * which spreadsheets take for "this is text"; reading takes exactly that one away again.
 */
final class CsvFormula {

  /** Also in their wide forms, which some spreadsheets run too. */
  private static final String STARTS = "=+-@\t\r＝＋－＠";

  private static final char GUARD = '\'';

  private CsvFormula() {}

  static String guard(String value) {
    return isFormula(value) || isGuarded(value) ? GUARD + value : value;
  }

  static String unguard(String cell) {
    return isGuarded(cell) ? cell.substring(1) : cell;
  }

  private static boolean isFormula(String value) {
    return !value.isEmpty() && STARTS.indexOf(value.charAt(0)) >= 0;
  }

  private static boolean isGuarded(String cell) {
    return cell.length() > 1
        && cell.charAt(0) == GUARD
        && (STARTS.indexOf(cell.charAt(1)) >= 0 || cell.charAt(1) == GUARD);
  }
}
