package uk.usbguard.core.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** GUID partition tables: the primary behind the first sector, the backup in the last one. */
final class GptReader {

  private static final int HEADER = 512;
  private static final int MIN_HEADER = 92;
  private static final int MAX_ENTRIES = 1024;
  private static final int MAX_ENTRY = 4096;

  private final Tables tables;
  private final int sector;

  GptReader(Tables tables, int sector) {
    this.tables = tables;
    this.sector = sector;
  }

  private record Table(boolean sound, List<Span> partitions) {}

  /** Reads both copies, whether or not a protective MBR is there. */
  void read() throws ReadFailedException {
    long last = tables.whole().length() / sector - 1;
    Optional<Table> primary = last < 2 ? Optional.empty() : table(1);
    Optional<Table> backup = last < 2 ? Optional.empty() : table(last);
    if (primary.isEmpty() && backup.isEmpty()) {
      return;
    }
    if (primary.isEmpty() || backup.isEmpty()) {
      tables.doubt(Reason.TABLES_DIFFER);
    } else if (!primary.get().partitions().equals(backup.get().partitions())) {
      tables.doubt(Reason.TABLES_DIFFER);
    }
    for (Optional<Table> table : List.of(primary, backup)) {
      table.stream()
          .flatMap(t -> t.partitions().stream())
          .forEach(span -> tables.partition(span.from(), span.to()));
    }
  }

  private Optional<Table> table(long at) throws ReadFailedException {
    Block header = tables.whole().at(at * sector, HEADER);
    if (!header.has(0, "EFI PART")) {
      return Optional.empty();
    }
    long size = header.u32(12);
    boolean sound =
        size >= MIN_HEADER
            && size <= HEADER
            && header.u64(24) == at
            && header.zeroed(16, 20).crc32(0, (int) size) == header.u32(16);
    long count = header.u32(80);
    long entry = header.u32(84);
    boolean bounded =
        count > 0 && count <= MAX_ENTRIES && Block.isPower(entry, 128, MAX_ENTRY) && sound;
    Span place = new Span(at * sector, at * sector + HEADER);
    if (!bounded || header.u64(72) < 0 || header.u64(72) > Long.MAX_VALUE / sector) {
      tables.table(Format.GPT, place, false);
      return Optional.of(new Table(false, List.of()));
    }
    Span list = new Span(header.u64(72) * sector, header.u64(72) * sector + count * entry);
    Block entries = tables.whole().at(list.from(), (int) list.length());
    boolean right = entries.crc32(0, entries.length()) == header.u32(88);
    tables.table(Format.GPT, place, right);
    tables.structure(list);
    return Optional.of(new Table(right, partitions(entries, (int) entry)));
  }

  private List<Span> partitions(Block entries, int entry) {
    List<Span> partitions = new ArrayList<>();
    for (int at = 0; at < entries.length(); at += entry) {
      long first = entries.u64(at + 32);
      long last = entries.u64(at + 40);
      boolean used = !entries.isZero(at, at + 16);
      if (used && (first < 0 || last < first || last >= Long.MAX_VALUE / sector)) {
        tables.doubt(Reason.BEYOND_END);
      } else if (used) {
        partitions.add(new Span(first * sector, (last + 1) * sector));
      }
    }
    return partitions;
  }
}
