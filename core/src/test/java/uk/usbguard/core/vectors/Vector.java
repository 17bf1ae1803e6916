package uk.usbguard.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Named;

/**
 * One test vector of docs/vectors.
 *
 * @param json its fields
 * @param group the fields that all vectors of its group share
 */
record Vector(JsonNode json, JsonNode group) {

  /** Where the vectors are: tests run in the folder of their module. */
  static final Path FOLDER = Path.of("..", "docs", "vectors");

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * All vectors of a group.
   *
   * @param atLeast fewer than this, and some were lost on the way
   */
  static List<Named<Vector>> all(String name, int atLeast) throws IOException {
    JsonNode group = JSON.readTree(FOLDER.resolve(name + ".json").toFile());
    List<Named<Vector>> vectors = new ArrayList<>();
    for (JsonNode json : group.required("vectors")) {
      Vector vector = new Vector(json, group);
      vectors.add(Named.of(vector.id(), vector));
    }
    if (vectors.size() < atLeast) {
      throw new AssertionError(name + ": " + vectors.size() + " vectors, not " + atLeast);
    }
    return vectors;
  }

  String id() {
    return text("id");
  }

  /** What has to come of it: "ok" or the class of an error. */
  String expected() {
    return text("expect");
  }

  boolean isGood() {
    return expected().equals("ok");
  }

  boolean has(String field) {
    return json.has(field);
  }

  String text(String field) {
    return json.required(field).textValue();
  }

  long number(String field) {
    return json.required(field).longValue();
  }

  byte[] bytes(String field) {
    return bytes(json.required(field));
  }

  byte[] sharedBytes(String field) {
    return bytes(group.required(field));
  }

  /** The fields of what is encoded, where they are given. */
  JsonNode fields() {
    return json.path("fields");
  }

  static byte[] bytes(JsonNode hex) {
    return HexFormat.of().parseHex(hex.textValue());
  }

  @Override
  public String toString() {
    return id();
  }
}
