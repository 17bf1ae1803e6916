package uk.usbguard.core.media;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The partition table of the first sector, with its chain of logical partitions. */
final class MbrReader {

  private static final int SECTOR = 512;
  private static final int ENTRIES_AT = 446;
  private static final int ENTRY = 16;
  private static final int PROTECTIVE = 0xEE;

  /** Minix: Linux looks for another table in its first sector. */
  private static final int NESTED = 0x81;

  private static final int MAX_CHAIN = 128;
  private static final Set<Integer> EXTENDED = Set.of(0x05, 0x0F, 0x85);

  private record Entry(int flag, int type, long start, long sectors) {
    boolean isUsed() {
      return sectors > 0;
    }

    /** Linux asks for a length only, Windows for a type as well. */
    boolean isOfAType() {
      return type != 0;
    }

    boolean hasUsualFlag() {
      return flag == 0 || flag == 0x80;
    }
  }

  private final Tables tables;
  private final int unit;

  /** Takes the sector size in which the table counts. */
  MbrReader(Tables tables, int unit) {
    this.tables = tables;
    this.unit = unit;
  }

  /** Reads it if there is one; a boot sector of a file system has the same mark at its end. */
  void read() throws ReadFailedException {
    Block sector = tables.whole().at(0, SECTOR);
    List<Entry> entries = entries(sector);
    boolean usual = entries.stream().allMatch(Entry::hasUsualFlag);
    boolean used = entries.stream().anyMatch(Entry::isUsed);
    if (sector.u16(510) != 0xAA55 || !used) {
      return;
    }
    List<Entry> real = new ArrayList<>();
    for (Entry entry : entries) {
      boolean plain = usual && entry.isOfAType();
      if (entry.isUsed() && entry.type() != PROTECTIVE && (plain || holdsSomething(entry))) {
        real.add(entry);
      }
    }
    boolean protective = entries.stream().anyMatch(e -> e.type() == PROTECTIVE);
    if ((usual && protective) || !real.isEmpty()) {
      tables.table(Format.MBR, new Span(0, SECTOR), usual);
    }
    for (Entry entry : real) {
      if (entry.type() == NESTED) {
        tables.doubt(Reason.STACKED_VOLUMES);
      }
      if (EXTENDED.contains(entry.type())) {
        chain(entry.start());
      } else {
        tables.partition(entry.start() * unit, (entry.start() + entry.sectors()) * unit);
      }
    }
  }

  private static List<Entry> entries(Block sector) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int at = ENTRIES_AT + i * ENTRY;
      entries.add(
          new Entry(sector.u8(at), sector.u8(at + 4), sector.u32(at + 8), sector.u32(at + 12)));
    }
    return entries;
  }

  /**
   * With a boot flag that is neither 00 nor 80 the sector is no table for Linux; an entry of type 0
   * is one for Linux only. What other systems do is not known. It counts if something lies where it
   * points.
   */
  private boolean holdsSomething(Entry entry) throws ReadFailedException {
    long from = entry.start() * unit;
    if (from <= 0 || from >= tables.whole().length()) {
      return false;
    }
    Sightings found = new Sightings(0);
    Region region = new Part(tables.whole(), new Span(from, from + entry.sectors() * unit));
    for (Probe probe : Probes.FILE_SYSTEMS) {
      probe.look(region, found);
    }
    return found.has(Format.Kind.FILE_SYSTEM, Evidence.Soundness.SOUND);
  }

  /** Each link says where its partition lies, and where the next link. */
  private void chain(long base) throws ReadFailedException {
    Set<Long> visited = new HashSet<>();
    long link = base;
    while (visited.add(link)) {
      if (visited.size() > MAX_CHAIN) {
        tables.doubt(Reason.TABLE_LOOP);
        return;
      }
      Block sector = tables.whole().at(link * unit, SECTOR);
      if (sector.u16(510) != 0xAA55) {
        tables.doubt(Reason.TABLE_INVALID);
        return;
      }
      tables.table(Format.MBR, new Span(link * unit, link * unit + SECTOR), true);
      long next = 0;
      for (Entry entry : entries(sector)) {
        if (entry.isUsed() && EXTENDED.contains(entry.type())) {
          next = base + entry.start();
        } else if (entry.isUsed()) {
          long from = (link + entry.start()) * unit;
          tables.partition(from, from + entry.sectors() * unit);
        }
      }
      if (next == 0) {
        return;
      }
      link = next;
    }
    tables.doubt(Reason.TABLE_LOOP);
  }
}
