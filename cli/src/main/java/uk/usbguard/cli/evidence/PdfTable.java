package uk.usbguard.cli.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table that goes from page to page, with its head on each. */
final class PdfTable {

  private static final float SIZE = 8;
  private static final float PAD = 3;
  private static final float LINE = SIZE * PdfPen.LEADING;

  /** No row is higher: what is longer is cut, and ends with dots. */
  private static final int MOST_LINES = 40;

  private final PdfPen pen;
  private final List<String> head;
  private final List<List<String>> rows;
  private final boolean[] right;
  private final float[] widths;

  /**
   * Takes what stands in it.
   *
   * @param head empty if there is none
   * @param right which columns are numbers
   */
  PdfTable(PdfPen pen, List<String> head, List<List<String>> rows, boolean[] right) {
    this.pen = pen;
    this.head = head;
    this.rows = rows;
    this.right = right.clone();
    this.widths = widths(right.length);
  }

  void draw() throws IOException {
    row(head, true);
    for (List<String> row : rows) {
      row(row, false);
    }
    pen.skip(8);
  }

  /** As wide as their contents; if that is too much, the wide ones give way. */
  private float[] widths(int columns) {
    float[] natural = new float[columns];
    List<List<String>> all = new ArrayList<>(rows);
    all.add(head);
    for (List<String> row : all) {
      for (int i = 0; i < row.size(); i++) {
        float width = pen.width(pen.writable(row.get(i)), SIZE) + 2 * PAD + 1;
        natural[i] = Math.max(natural[i], width);
      }
    }
    float limit = PdfPen.WIDTH;
    while (sum(natural, limit) > PdfPen.WIDTH) {
      limit *= 0.97f;
    }
    float[] fitted = new float[columns];
    for (int i = 0; i < columns; i++) {
      fitted[i] = Math.min(natural[i], limit);
    }
    return fitted;
  }

  private static float sum(float[] widths, float limit) {
    float sum = 0;
    for (float width : widths) {
      sum += Math.min(width, limit);
    }
    return sum;
  }

  private void row(List<String> row, boolean isHead) throws IOException {
    if (row.isEmpty()) {
      return;
    }
    List<List<String>> cells = new ArrayList<>();
    int lines = 1;
    for (int i = 0; i < row.size(); i++) {
      List<String> cell = pen.wrap(row.get(i), SIZE, widths[i] - 2 * PAD);
      if (cell.size() > MOST_LINES) {
        cell = new ArrayList<>(cell.subList(0, MOST_LINES - 1));
        cell.add("...");
      }
      cells.add(cell);
      lines = Math.max(lines, cell.size());
    }
    float height = lines * LINE + PAD;
    boolean turned = pen.need(isHead ? height + 3 * LINE : height);
    if (turned && !isHead) {
      row(head, true);
    }
    float total = (float) Arrays.stream(toDoubles(widths)).sum();
    if (isHead) {
      pen.ground(PdfPen.LEFT, total, height);
    }
    float x = PdfPen.LEFT;
    for (int i = 0; i < cells.size(); i++) {
      cell(cells.get(i), x, widths[i], right[i], isHead);
      x += widths[i];
    }
    pen.skip(height);
    pen.rule(PdfPen.LEFT, total, 0.4f, 0.7f);
  }

  private void cell(List<String> lines, float x, float width, boolean number, boolean bold)
      throws IOException {
    float baseline = pen.y() - SIZE - 1;
    for (String line : lines) {
      float shift = number ? width - PAD - pen.width(line, SIZE) : PAD;
      pen.at(x + shift, baseline, line, SIZE, bold);
      baseline -= LINE;
    }
  }

  private static double[] toDoubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
