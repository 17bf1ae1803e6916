package uk.usbguard.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.usbguard.core.container.ByteRange;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Entry;
import uk.usbguard.core.container.EntryCursor;
import uk.usbguard.core.container.FileReader;
import uk.usbguard.core.container.ProgressListener;

/** Everything in a container as lines by path, sorted by the bytes of the path. */
final class Listing {

  private static final Comparator<String> BY_BYTES =
      Comparator.comparing(path -> path.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private Listing() {}

  /** What is in an open container. */
  static Map<String, String> of(Container container) throws Exception {
    Map<String, String> lines = new TreeMap<>(BY_BYTES);
    add(container, ContainerPath.ROOT, "", lines);
    return lines;
  }

  /** What a vector says has to be there. */
  static Map<String, String> expected(JsonNode listing) {
    Map<String, String> lines = new TreeMap<>(BY_BYTES);
    for (JsonNode entry : listing) {
      lines.put(entry.required("path").textValue(), line(entry));
    }
    return lines;
  }

  private static void add(
      Container container, ContainerPath folder, String prefix, Map<String, String> lines)
      throws Exception {
    EntryCursor entries = container.list(folder);
    while (entries.advance()) {
      Entry entry = entries.current();
      ContainerPath path = folder.child(entry.name());
      String text = prefix + entry.name();
      lines.put(text, line(container, path, entry));
      if (entry.isFolder()) {
        add(container, path, text + "/", lines);
      }
    }
  }

  private static String line(Container container, ContainerPath path, Entry entry)
      throws Exception {
    int attributes = (entry.executable() ? 1 : 0) + (entry.readOnly() ? 2 : 0);
    String time = entry.modified().getEpochSecond() + "." + entry.modified().getNano();
    String rest = " mtime " + time + " attributes " + attributes;
    if (entry.isFolder()) {
      return "folder" + rest;
    }
    FileReader reader = container.openFile(path);
    List<ByteRange> damage = reader.damage(ProgressListener.none());
    return "file " + entry.size() + " " + (damage.isEmpty() ? hash(reader) : damage) + rest;
  }

  private static String hash(FileReader reader) throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    reader.transferTo(whole);
    return ContainerFiles.sha256(whole.toByteArray());
  }

  private static String line(JsonNode entry) {
    JsonNode mtime = entry.required("mtime");
    String time = mtime.get(0).longValue() + "." + mtime.get(1).longValue();
    String rest = " mtime " + time + " attributes " + entry.path("attributes").asInt(0);
    if (entry.required("kind").textValue().equals("folder")) {
      return "folder" + rest;
    }
    String content =
        entry.has("damaged")
            ? joined(entry.required("damaged")).toString()
            : entry.required("sha256").textValue();
    return "file " + entry.required("size").longValue() + " " + content + rest;
  }

  /** Ranges that touch are one. */
  private static List<ByteRange> joined(JsonNode ranges) {
    List<ByteRange> joined = new ArrayList<>();
    for (JsonNode range : ranges) {
      long start = range.get(0).longValue();
      long end = start + range.get(1).longValue();
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).end() == start) {
        joined.set(last, new ByteRange(joined.get(last).start(), end));
      } else {
        joined.add(new ByteRange(start, end));
      }
    }
    return joined;
  }
}
