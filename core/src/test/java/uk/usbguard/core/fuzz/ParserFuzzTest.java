package uk.usbguard.core.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.DisplayName;

/**
 * The same parsers for Jazzer, whose agent changes classes for the whole JVM: {@code scripts/fuzz}
 * runs this, an ordinary build does not. What it finds is kept in {@code ParserFuzzTestInputs},
 * where {@link ParserMutationTest} begins.
 */
@DisplayName("ENC-14: parsers under inputs that coverage guides")
class ParserFuzzTest {

  @FuzzTest
  void keyArea(byte[] input) {
    Guard.check(FuzzTarget.KEY_AREA, input);
  }

  @FuzzTest
  void keyAreaSummed(byte[] input) {
    Guard.check(FuzzTarget.KEY_AREA_SUMMED, input);
  }

  @FuzzTest
  void keySlot(byte[] input) {
    Guard.check(FuzzTarget.KEY_SLOT, input);
  }

  @FuzzTest
  void rootSlot(byte[] input) {
    Guard.check(FuzzTarget.ROOT_SLOT, input);
  }

  @FuzzTest
  void segmentHeader(byte[] input) {
    Guard.check(FuzzTarget.SEGMENT_HEADER, input);
  }

  @FuzzTest
  void frame(byte[] input) {
    Guard.check(FuzzTarget.FRAME, input);
  }

  @FuzzTest
  void trailer(byte[] input) {
    Guard.check(FuzzTarget.TRAILER, input);
  }

  @FuzzTest
  void commit(byte[] input) {
    Guard.check(FuzzTarget.COMMIT, input);
  }

  @FuzzTest
  void node(byte[] input) {
    Guard.check(FuzzTarget.NODE, input);
  }

  @FuzzTest
  void sealedRecord(byte[] input) {
    Guard.check(FuzzTarget.SEALED_RECORD, input);
  }

  @FuzzTest
  void sealedRoot(byte[] input) {
    Guard.check(FuzzTarget.SEALED_ROOT, input);
  }

  @FuzzTest
  void sealedBatch(byte[] input) {
    Guard.check(FuzzTarget.SEALED_BATCH, input);
  }

  @FuzzTest
  void recoveryKey(byte[] input) {
    Guard.check(FuzzTarget.RECOVERY_KEY, input);
  }

  @FuzzTest
  void passphrase(byte[] input) {
    Guard.check(FuzzTarget.PASSPHRASE, input);
  }

  @FuzzTest
  void containerPath(byte[] input) {
    Guard.check(FuzzTarget.CONTAINER_PATH, input);
  }

  @FuzzTest
  void policy(byte[] input) {
    Guard.check(FuzzTarget.POLICY, input);
  }

  @FuzzTest
  void facts(byte[] input) {
    Guard.check(FuzzTarget.FACTS, input);
  }

  @FuzzTest
  void registerCsv(byte[] input) {
    Guard.check(FuzzTarget.REGISTER_CSV, input);
  }

  @FuzzTest
  void registerJson(byte[] input) {
    Guard.check(FuzzTarget.REGISTER_JSON, input);
  }

  @FuzzTest
  void keyFile(byte[] input) {
    Guard.check(FuzzTarget.KEY_FILE, input);
  }

  @FuzzTest
  void medium(byte[] input) {
    Guard.check(FuzzTarget.MEDIUM, input);
  }
}
