package uk.usbguard.core.nio;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import uk.usbguard.core.container.Entry;

/** The basic attributes of an entry; its key is the id, which is never used twice. */
record BasicAttributes(Entry entry) implements BasicFileAttributes {

  static final String VIEW = "basic";
  static final String LAST_MODIFIED = "lastModifiedTime";
  static final String LAST_ACCESS = "lastAccessTime";
  static final String CREATION = "creationTime";

  @Override
  public FileTime lastModifiedTime() {
    return FileTime.from(entry.modified());
  }

  /** Nobody keeps it: reading must not write to a stick. */
  @Override
  public FileTime lastAccessTime() {
    return lastModifiedTime();
  }

  @Override
  public FileTime creationTime() {
    return FileTime.from(entry.created());
  }

  @Override
  public boolean isRegularFile() {
    return !entry.isFolder();
  }

  @Override
  public boolean isDirectory() {
    return entry.isFolder();
  }

  @Override
  public boolean isSymbolicLink() {
    return false;
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public long size() {
    return entry.size();
  }

  @Override
  public Object fileKey() {
    return entry.id();
  }

  /** Those of a list like {@code "size,lastModifiedTime"} or {@code "*"}. */
  Map<String, Object> select(String list) {
    Map<String, Object> all = asMap();
    Map<String, Object> chosen = new LinkedHashMap<>();
    for (String name : list.split(",", -1)) {
      if (name.equals("*")) {
        chosen.putAll(all);
      } else if (all.containsKey(name)) {
        chosen.put(name, all.get(name));
      } else {
        throw new IllegalArgumentException("unknown attribute " + name);
      }
    }
    return chosen;
  }

  private Map<String, Object> asMap() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(LAST_MODIFIED, lastModifiedTime());
    all.put(LAST_ACCESS, lastAccessTime());
    all.put(CREATION, creationTime());
    all.put("size", size());
    all.put("isRegularFile", isRegularFile());
    all.put("isDirectory", isDirectory());
    all.put("isSymbolicLink", isSymbolicLink());
    all.put("isOther", isOther());
    all.put("fileKey", fileKey());
    return all;
  }
}
