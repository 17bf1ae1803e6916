package uk.usbguard.core.registry;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import uk.usbguard.core.registry.EntryFormatException.Fault;

/** Splits CSV into rows of cells, as RFC 4180 says: quotes, doubled quotes, CRLF or LF. */
final class CsvCells {

  /** No honest cell is longer. */
  static final int MAX_CELL = 4_096;

  static final int MAX_CELLS = 256;

  private static final int NONE = -2;

  private static final int BUFFER = 1 << 16;

  private final Reader in;
  private final char[] buffer = new char[BUFFER];
  private final StringBuilder cell = new StringBuilder();
  private int at;
  private int filled;
  private int pushedBack = NONE;
  private long line = 1;
  private long rowLine = 1;

  CsvCells(Reader in) {
    this.in = in;
  }

  /** The line in which the last row began. */
  long line() {
    return rowLine;
  }

  /** The next row; an empty list at the end. Empty lines are passed over. */
  List<String> next() throws IOException, EntryFormatException {
    List<String> row = new ArrayList<>();
    rowLine = line;
    int c = read();
    while (c == '\n' || c == '\r') {
      rowLine = line;
      c = read();
    }
    if (c == -1) {
      return row;
    }
    pushedBack = c;
    int end;
    do {
      if (row.size() == MAX_CELLS) {
        throw fault(Fault.COLUMNS);
      }
      cell.setLength(0);
      end = cell();
      row.add(cell.toString());
    } while (end == ',');
    return row;
  }

  /** Reads a cell and returns the character that ended it. */
  private int cell() throws IOException, EntryFormatException {
    int c = read();
    if (c == '"') {
      quoted();
      c = read();
    } else {
      while (c != ',' && c != '\n' && c != '\r' && c != -1) {
        if (c == '"') {
          throw fault(Fault.QUOTES);
        }
        append(c);
        c = read();
      }
    }
    if (c == '\r') {
      int next = read();
      if (next != '\n') {
        pushedBack = next;
      }
      return '\n';
    }
    if (c != ',' && c != '\n' && c != -1) {
      throw fault(Fault.QUOTES);
    }
    return c;
  }

  private void quoted() throws IOException, EntryFormatException {
    while (true) {
      int c = read();
      if (c == -1) {
        throw fault(Fault.QUOTES);
      }
      if (c == '"') {
        int next = read();
        if (next != '"') {
          pushedBack = next;
          return;
        }
      }
      append(c);
    }
  }

  private void append(int c) throws EntryFormatException {
    if (cell.length() == MAX_CELL) {
      throw fault(Fault.TOO_LONG);
    }
    cell.append((char) c);
  }

  private int read() throws IOException, EntryFormatException {
    if (pushedBack != NONE) {
      int c = pushedBack;
      pushedBack = NONE;
      return c;
    }
    if (at == filled && !fill()) {
      return -1;
    }
    char c = buffer[at++];
    if (c == '\n') {
      line++;
    }
    return c;
  }

  private boolean fill() throws IOException, EntryFormatException {
    try {
      at = 0;
      filled = Math.max(0, in.read(buffer));
      return filled > 0;
    } catch (CharacterCodingException e) {
      throw new EntryFormatException(Fault.NOT_UTF8, line, "", e);
    }
  }

  private EntryFormatException fault(Fault fault) {
    return new EntryFormatException(fault, rowLine, "", null);
  }
}
