package uk.usbguard.core.container;

import uk.usbguard.core.format.CommitRecord;

/** What the commit record counts. Belongs to the writer. */
final class Totals {

  private long nextObjectId;
  private long files;
  private long folders;
  private long payloadBytes;

  Totals(CommitRecord record) {
    reset(record);
  }

  void reset(CommitRecord record) {
    nextObjectId = record.nextObjectId();
    files = record.files();
    folders = record.folders();
    payloadBytes = record.payloadBytes();
  }

  /** Puts a count in place of what the commit said. */
  void recounted(long fileCount, long folderCount, long bytes) {
    files = fileCount;
    folders = folderCount;
    payloadBytes = bytes;
  }

  long takeObjectId() {
    return nextObjectId++;
  }

  void addFile(int count, long bytes) {
    files += count;
    payloadBytes += bytes;
  }

  void addFolder(int count) {
    folders += count;
  }

  void addBytes(long bytes) {
    payloadBytes += bytes;
  }

  long nextObjectId() {
    return nextObjectId;
  }

  long files() {
    return files;
  }

  long folders() {
    return folders;
  }

  long payloadBytes() {
    return payloadBytes;
  }
}
