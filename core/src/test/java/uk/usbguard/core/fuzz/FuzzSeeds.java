package uk.usbguard.core.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.SegmentHeader;

/** Inputs to begin with: the test vectors of the format, the good ones and the bad. */
final class FuzzSeeds {

  /** Where the batch of the trailers in the vectors is. */
  static final long BATCH = 1_179_648;

  private static final Path VECTORS = Path.of("..", "docs", "vectors");
  private static final int LONGEST = 40_000;

  private static final byte[] GOOD_KEY_AREA = firstKeyArea();
  private static final EpochSalt TRAILER_EPOCH = epochOfTrailers();

  private FuzzSeeds() {}

  static byte[] goodKeyArea() {
    return GOOD_KEY_AREA.clone();
  }

  static EpochSalt trailerEpoch() {
    return TRAILER_EPOCH;
  }

  static List<byte[]> of(String kind) throws IOException {
    return switch (kind) {
      case "key-areas" -> keyAreas();
      case "slots" -> keyAreas().stream().map(a -> Arrays.copyOfRange(a, 4096, 5120)).toList();
      case "segment-headers" -> List.of(segmentHeader());
      case "root-slots", "trailers", "commits" -> fields(kind, "plain");
      case "frames" -> fields(kind, "bytes");
      case "nodes" -> nodes();
      case "recovery-key" -> texts(kind, "text");
      case "names" -> texts(kind, "name");
      case "sealed-records" -> SealedTargets.seedRecords();
      case "sealed-roots" -> SealedTargets.seedRoots();
      case "sealed-batches" -> SealedTargets.seedBatches();
      case "policies" -> DocumentTargets.policySeeds();
      case "facts" -> DocumentTargets.factsSeeds();
      case "register-csv" -> DocumentTargets.csvSeeds();
      case "register-json" -> DocumentTargets.jsonSeeds();
      case "key-files" -> DocumentTargets.keySeeds();
      case "media" -> MediaTargets.seeds();
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** Inputs that broke a parser once. */
  static List<byte[]> kept(String method) throws IOException {
    URL folder = FuzzSeeds.class.getResource("ParserFuzzTestInputs/" + method);
    List<byte[]> inputs = new ArrayList<>();
    if (folder != null) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(Path.of(URI.create(folder.toString())))) {
        for (Path file : files) {
          inputs.add(Files.readAllBytes(file));
        }
      }
    }
    return inputs;
  }

  private static JsonNode group(String kind) throws IOException {
    return new ObjectMapper().readTree(VECTORS.resolve(kind + ".json").toFile());
  }

  private static byte[] hex(JsonNode text) {
    return HexFormat.of().parseHex(text.textValue());
  }

  private static List<byte[]> fields(String kind, String field) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (JsonNode vector : group(kind).required("vectors")) {
      if (vector.has(field) && vector.get(field).textValue().length() < 2 * LONGEST) {
        seeds.add(hex(vector.get(field)));
      }
    }
    return seeds;
  }

  private static List<byte[]> texts(String kind, String field) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (JsonNode vector : group(kind).required("vectors")) {
      seeds.add(vector.required(field).textValue().getBytes(UTF_16BE));
    }
    return seeds;
  }

  private static List<byte[]> nodes() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (JsonNode vector : group("nodes").required("vectors")) {
      byte[] plain = hex(vector.required("plain"));
      byte[] seed = new byte[plain.length + 1];
      seed[0] = (byte) vector.required("level").intValue();
      System.arraycopy(plain, 0, seed, 1, plain.length);
      seeds.add(seed);
    }
    return seeds;
  }

  private static List<byte[]> keyAreas() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (JsonNode vector : group("key-areas").required("vectors")) {
      byte[] area = new byte[24_576];
      for (JsonNode piece : vector.required("pieces")) {
        byte[] bytes = hex(piece.required("hex"));
        System.arraycopy(bytes, 0, area, piece.required("at").intValue(), bytes.length);
      }
      seeds.add(area);
    }
    return seeds;
  }

  private static byte[] segmentHeader() {
    return new SegmentHeader(ContainerId.of(new byte[16]), 1, 4).encode();
  }

  private static byte[] firstKeyArea() {
    try {
      return keyAreas().get(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static EpochSalt epochOfTrailers() {
    try {
      return EpochSalt.of(hex(group("trailers").required("epochSalt")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
