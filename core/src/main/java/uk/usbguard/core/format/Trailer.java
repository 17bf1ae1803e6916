package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;

/**
 * What a batch holds and what its commit changed: enough to verify the batch without the index, to
 * do the next writer's book-keeping, and to build the index anew.
 *
 * @param batch position of the batch, so that a trailer speaks for one place only
 * @param contents the data and node records, in the order in which they stand
 * @param freed what the commit no longer refers to
 * @param skipped space that the writer passed over
 * @param changes what the commit changed in the index
 */
public record Trailer(
    long batch,
    List<Content> contents,
    List<Freed> freed,
    List<Skipped> skipped,
    List<Change> changes) {

  /** A record of the batch. */
  public record Content(RecordName name, int plainLength, int offset) {}

  /** Bytes of a batch that nothing refers to any more. */
  public record Freed(long batch, int bytes) {}

  /** Space that nothing was written to. */
  public record Skipped(long position, long length) {}

  /** An entry of the index that was put, or removed if there is no value. */
  public record Change(Key key, Optional<Value> value) {}

  /** Encoded length of one record of the batch, without a new epoch. */
  public static final int CONTENT_LENGTH = 35;

  /** Length of one that lists nothing, its own epoch included. */
  static final int SHORTEST = 8 + 2 + EpochSalt.LENGTH + 4 * 4;

  private static final int FREED_LENGTH = 12;
  private static final int FIXED_LENGTH = 8 + 2 + 4 * 4;
  private static final int PUT = 1;
  private static final int REMOVE = 2;

  /** Copies the lists. */
  public Trailer {
    contents = List.copyOf(contents);
    freed = List.copyOf(freed);
    skipped = List.copyOf(skipped);
    changes = List.copyOf(changes);
  }

  /** The plaintext; number 0 of its epochs is {@code own}. */
  public byte[] encode(EpochSalt own) {
    EpochTable epochs = EpochTable.startingWith(own);
    contents.forEach(content -> epochs.numberOf(content.name().epoch()));
    for (Change change : changes) {
      change.value().flatMap(Value::epoch).ifPresent(epochs::numberOf);
    }
    ByteBuffer out = ByteBuffer.allocate(encodedLength(epochs));
    out.putLong(batch).putShort((short) epochs.size());
    epochs.write(out);
    out.putInt(contents.size());
    for (Content content : contents) {
      RecordName name = content.name();
      out.put((byte) name.type().code()).putShort((short) epochs.numberOf(name.epoch()));
      out.putLong(name.sequence()).putLong(name.objectId()).putLong(name.position());
      out.putInt(content.plainLength()).putInt(content.offset());
    }
    out.putInt(freed.size());
    freed.forEach(f -> out.putLong(f.batch()).putInt(f.bytes()));
    out.putInt(skipped.size());
    skipped.forEach(s -> out.putLong(s.position()).putInt((int) s.length()));
    out.putInt(changes.size());
    for (Change change : changes) {
      out.put((byte) (change.value().isPresent() ? PUT : REMOVE));
      change.key().write(out);
      if (change.value().isPresent()) {
        ValueCodec.write(change.value().get(), out, epochs);
      }
    }
    return out.array();
  }

  private int encodedLength(EpochTable epochs) {
    long length = FIXED_LENGTH + (long) epochs.encodedLength();
    length += (long) contents.size() * CONTENT_LENGTH;
    length += (long) (freed.size() + skipped.size()) * FREED_LENGTH;
    for (Change change : changes) {
      length += encodedLength(change);
    }
    return Math.toIntExact(length);
  }

  /** Encoded length of a change, without a new epoch. */
  public static int encodedLength(Change change) {
    return 1 + 2 + change.key().length() + change.value().map(v -> 2 + v.encodedLength()).orElse(0);
  }

  /** Reads a trailer's plaintext. */
  public static Trailer decode(byte[] plain, EpochSalt own, long at)
      throws DamagedContainerException {
    FieldReader in = new FieldReader(plain, 0, plain.length, Part.COMMIT, at);
    long batch = in.readLong("batch");
    if (batch != at) {
      throw in.damaged("trailer of the batch at " + batch);
    }
    EpochTable epochs = EpochTable.read(in, in.readShort("epoch count"));
    if (epochs.size() == 0 || !epochs.saltOf(0, in).equals(own)) {
      throw in.damaged("trailer of another epoch");
    }
    List<Content> contents = contents(in, epochs);
    List<Freed> freed = new ArrayList<>();
    for (long n = count(in, FREED_LENGTH, "freed"); n > 0; n--) {
      freed.add(new Freed(in.readLong("batch"), in.readInt("bytes", 1, BatchLayout.MAX_BATCH)));
    }
    List<Skipped> skipped = new ArrayList<>();
    for (long n = count(in, FREED_LENGTH, "skipped"); n > 0; n--) {
      skipped.add(new Skipped(in.readLong("position"), in.readUnsignedInt("length")));
    }
    List<Change> changes = new ArrayList<>();
    for (long n = count(in, 1 + 2 + 9, "changes"); n > 0; n--) {
      int operation = in.readByte("operation");
      Key key = Key.read(in);
      if (operation != PUT && operation != REMOVE) {
        throw in.damaged("operation " + operation);
      }
      boolean ascends =
          changes.isEmpty() || changes.get(changes.size() - 1).key().compareTo(key) < 0;
      if (!ascends || key.kind() == Key.Kind.BATCH || key.kind() == Key.Kind.FREE) {
        throw in.damaged("a change of " + key + " here");
      }
      changes.add(
          new Change(
              key,
              operation == PUT ? Optional.of(ValueCodec.read(key, in, epochs)) : Optional.empty()));
    }
    epochs.requireAllUsed(in);
    in.end();
    return new Trailer(batch, contents, freed, skipped, changes);
  }

  private static List<Content> contents(FieldReader in, EpochTable epochs)
      throws DamagedContainerException {
    List<Content> contents = new ArrayList<>();
    for (long n = count(in, CONTENT_LENGTH, "records"); n > 0; n--) {
      int code = in.readByte("type");
      RecordType type =
          RecordType.of(code)
              .filter(t -> t == RecordType.DATA || t == RecordType.NODE)
              .orElseThrow(() -> in.damaged("record of type " + code));
      EpochSalt epoch = epochs.saltOf(in.readShort("epoch"), in);
      RecordName name =
          new RecordName(
              epoch, in.readLong("sequence"), type, in.readLong("object"), in.readLong("position"));
      int plainLength = in.readInt("plaintext length", 1, BatchLayout.MAX_PLAIN);
      int offset = in.readInt("offset", BatchLayout.FRAME, BatchLayout.MAX_BATCH - plainLength);
      contents.add(new Content(name, plainLength, offset));
    }
    return contents;
  }

  private static long count(FieldReader in, int minBytes, String what)
      throws DamagedContainerException {
    long count = in.readUnsignedInt(what);
    in.checkCount(count, minBytes, what);
    return count;
  }
}
