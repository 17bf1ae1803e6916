package uk.usbguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What values hold, and what they refuse to hold. */
class ValuesTest {

  private static final EntryTimes TIMES = new EntryTimes(Instant.EPOCH, Instant.EPOCH);

  static DirectoryEntry file(String name, EntryContent content) {
    return new DirectoryEntry(ObjectKind.FILE, name, 5, content, EntryAttributes.NONE, TIMES);
  }

  static DirectoryEntry folder(String name) {
    return new DirectoryEntry(
        ObjectKind.FOLDER, name, 2, EntryContent.NONE, EntryAttributes.NONE, TIMES);
  }

  private static DataPointer data(int offset, int plainLength) {
    return new DataPointer(NodeCodecTest.S0, 40, 8192, offset, plainLength);
  }

  private static void assertSurvives(Key key, Value value) throws Exception {
    byte[] bytes = NodeCodecTest.encoded(new LeafNode(List.of(key), List.of(value)));
    assertThat(NodeCodec.decode(bytes, 0, 0)).isEqualTo(new LeafNode(List.of(key), List.of(value)));
    int epochs = value.epoch().isPresent() ? EpochSalt.LENGTH : 0;
    assertThat(bytes).hasSize(IndexLimits.NODE_HEADER + epochs + LeafNode.entryLength(key, value));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256})
  void holdsInlineContentOf(int length) throws Exception {
    DirectoryEntry entry = file("Aé", EntryContent.inline(new byte[length]));
    assertSurvives(entry.keyIn(1), entry);
    assertThat(entry.size()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 65_535, 65_536})
  void holdsARecordOf(int length) throws Exception {
    DirectoryEntry entry = file("a", EntryContent.oneRecord(data(128, length)));
    assertSurvives(entry.keyIn(1), entry);
    assertSurvives(Key.extent(5, 0), new ExtentRun(data(128, length), 255));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_023, 1_024})
  void holdsANameOf(int length) throws Exception {
    DirectoryEntry entry = file("N".repeat(length), EntryContent.extents(Long.MAX_VALUE));
    assertSurvives(entry.keyIn(Long.MAX_VALUE), entry);
    assertThat(entry.keyIn(7).foldedName()).isEqualTo("n".repeat(length));
  }

  @Test
  void holdsTheLargestEntryWithinItsCaps() throws Exception {
    // U+0149 folds from two bytes to three: the longest key there is.
    DirectoryEntry entry = file("\u0149".repeat(512), EntryContent.inline(new byte[256]));
    Key key = entry.keyIn(1);
    assertThat(key.length()).isEqualTo(1 + 8 + IndexLimits.FOLDED_NAME).isLessThan(IndexLimits.KEY);
    assertThat(entry.encodedLength()).isEqualTo(46 + 1_024 + 2 + 256).isLessThan(IndexLimits.VALUE);
    assertSurvives(key, entry);
  }

  @Test
  void holdsTimesBeforeTheEpochAndToTheNanosecond() throws Exception {
    EntryTimes times =
        new EntryTimes(Instant.ofEpochSecond(-12_219_292_800L, 1), Instant.MAX.minusNanos(1));
    DirectoryEntry entry = folder("a").withTimes(times);
    assertSurvives(entry.keyIn(1), entry);
  }

  @Test
  void holdsTheLargestNumbers() throws Exception {
    assertSurvives(Key.free(-4096), new FreeRun(0xFFFF_FFFFL, -1, -1));
    assertSurvives(Key.batch(-1), new BatchUse(1 << 24, 1 << 24, -1));
    assertSurvives(Key.orphan(-1), new Orphan(ObjectKind.FOLDER));
  }

  @Test
  void changesOnePartAtATime() {
    DirectoryEntry entry = file("a", EntryContent.NONE);
    assertThat(entry.withName("b").name()).isEqualTo("b");
    assertThat(entry.withContent(EntryContent.extents(3)).size()).isEqualTo(3);
    EntryAttributes readOnly = new EntryAttributes(false, true);
    assertThat(entry.withAttributes(readOnly).attributes()).isEqualTo(readOnly);
    assertThat(entry.withName("b").withName("a")).isEqualTo(entry);
    assertThat(entry.isFolder()).isFalse();
  }

  @Test
  void doesNotShareInlineBytesWithAnyone() {
    byte[] bytes = {1, 2};
    EntryContent.Inline inline = (EntryContent.Inline) EntryContent.inline(bytes);
    bytes[0] = 9;
    inline.toBytes()[1] = 9;
    assertThat(inline.toBytes()).containsExactly(1, 2);
  }

  @Test
  void pointsToEachRecordOfARun() {
    ExtentRun run = new ExtentRun(data(128, 10), 3);
    assertThat(run.record(0)).isEqualTo(data(128, 65_536));
    assertThat(run.record(1))
        .isEqualTo(new DataPointer(NodeCodecTest.S0, 41, 8192, 128 + 65_564, 65_536));
    assertThat(run.record(2))
        .isEqualTo(new DataPointer(NodeCodecTest.S0, 42, 8192, 128 + 2 * 65_564, 10));
    assertThat(run.plainLength()).isEqualTo(2 * 65_536 + 10);
    assertThat(run.sealedLength()).isEqualTo(2 * 65_564 + 38);
  }

  @Test
  void showsNoNameWhenPrinted() {
    DirectoryEntry entry = file("discharge letter", EntryContent.inline(new byte[] {'s'}));
    assertThat(entry.toString() + entry.keyIn(1) + entry.content()).doesNotContain("letter");
  }

  @Test
  void refusesWhatTheFormatCannotHold() {
    refuses(() -> EntryContent.inline(new byte[0]));
    refuses(() -> EntryContent.inline(new byte[257]));
    refuses(() -> EntryContent.extents(0));
    refuses(() -> data(128, 0));
    refuses(() -> data(128, 65_537));
    refuses(() -> data(127, 1));
    refuses(() -> data((1 << 24) - 128 - 28, 1));
    refuses(() -> new DataPointer(NodeCodecTest.S0, 0, 4095, 128, 1));
    refuses(() -> new DataPointer(NodeCodecTest.S0, 0, 1_000L << 32, 128, 1));
    refuses(() -> new ExtentRun(data(128, 1), 0));
    refuses(() -> new ExtentRun(data(128, 1), 256));
    refuses(() -> new ExtentRun(data(1 << 20, 1), 255));
    refuses(() -> new BatchUse(4095, 0, 1));
    refuses(() -> new BatchUse(4096, 4097, 1));
    refuses(() -> new BatchUse(4096, -1, 1));
    refuses(() -> new BatchUse((1 << 24) + 4096, 0, 1));
    refuses(() -> new FreeRun(0, 1, 1));
    refuses(() -> new FreeRun(1L << 32, 1, 1));
    refuses(() -> file("..", EntryContent.NONE));
    refuses(() -> folder("a").withContent(EntryContent.extents(1)));
    refuses(
        () ->
            new DirectoryEntry(
                ObjectKind.FILE, "a", 1, EntryContent.NONE, EntryAttributes.NONE, TIMES));
    refuses(() -> new LeafNode(List.of(), List.of(new Orphan(ObjectKind.FILE))));
    refuses(() -> new InnerNode(1, List.of(Key.LOWEST), List.of()));
    refuses(() -> new InnerNode(255, List.of(), List.of()));
    refuses(() -> new InnerNode(0, List.of(), List.of()));
  }

  private static void refuses(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call);
  }
}
