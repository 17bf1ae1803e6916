package uk.usbguard.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The files of a container of docs/vectors/containers.json: a base with edits made to it. */
final class ContainerFiles {

  private final Vector vector;

  ContainerFiles(Vector vector) {
    this.vector = vector;
  }

  /** The base's description, nothing for a case that starts from an empty file. */
  Optional<JsonNode> base() {
    JsonNode name = vector.json().required("base");
    return name.isNull()
        ? Optional.empty()
        : Optional.of(vector.group().required("sources").required(name.textValue()));
  }

  /** Writes the files and checks their hashes. */
  void writeTo(Path first) throws Exception {
    List<Optional<byte[]>> segments = new ArrayList<>();
    if (base().isEmpty()) {
      segments.add(Optional.of(new byte[0]));
    } else {
      for (JsonNode segment : base().get().required("segments")) {
        segments.add(Optional.of(unpacked(segment)));
      }
    }
    for (JsonNode edit : vector.json().required("edits")) {
      int number = edit.path("segment").asInt(0);
      segments.set(number, edited(segments.get(number).orElseThrow(), edit));
    }
    for (int i = 0; i < segments.size(); i++) {
      if (vector.has("sha256")) {
        requireHash(segments.get(i), vector.json().required("sha256").path(i).textValue());
      }
      if (segments.get(i).isPresent()) {
        String suffix = i == 0 ? "" : String.format(Locale.ROOT, ".%03d", i);
        Files.write(first.resolveSibling(first.getFileName() + suffix), segments.get(i).get());
      }
    }
  }

  static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] unpacked(JsonNode segment) throws Exception {
    byte[] bytes = new byte[segment.required("size").intValue()];
    for (JsonNode part : segment.required("parts")) {
      Path file = Vector.FOLDER.resolve(part.required("file").textValue());
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        byte[] unpacked = in.readAllBytes();
        System.arraycopy(unpacked, 0, bytes, part.required("at").intValue(), unpacked.length);
      }
    }
    requireHash(Optional.of(bytes), segment.required("sha256").textValue());
    return bytes;
  }

  private static void requireHash(Optional<byte[]> bytes, String expected) throws Exception {
    String hash = bytes.isPresent() ? sha256(bytes.get()) : null;
    if (!Objects.equals(hash, expected)) {
      throw new AssertionError("a file is not as hashed");
    }
  }

  private static Optional<byte[]> edited(byte[] bytes, JsonNode edit) throws IOException {
    int at = edit.path("at").asInt();
    int length = edit.path("length").asInt();
    byte[] hex = edit.has("hex") ? Vector.bytes(edit.required("hex")) : new byte[0];
    switch (edit.required("op").textValue()) {
      case "zero" -> Arrays.fill(bytes, at, at + length, (byte) 0);
      case "write" -> System.arraycopy(hex, 0, bytes, at, hex.length);
      case "xor" -> {
        for (int i = 0; i < hex.length; i++) {
          bytes[at + i] ^= hex[i];
        }
      }
      case "swap" -> {
        int with = edit.required("with").intValue();
        byte[] there = Arrays.copyOfRange(bytes, at, at + length);
        System.arraycopy(bytes, with, bytes, at, length);
        System.arraycopy(there, 0, bytes, with, length);
      }
      case "truncate" -> {
        return Optional.of(Arrays.copyOf(bytes, length));
      }
      case "remove" -> {
        return Optional.empty();
      }
      case "bytes" -> {
        return Optional.of(hex);
      }
      case "zeros" -> {
        return Optional.of(new byte[length]);
      }
      default -> throw new IOException("unknown edit " + edit);
    }
    return Optional.of(bytes);
  }
}
