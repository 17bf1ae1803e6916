package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import uk.usbguard.core.error.DamagedContainerException;

/**
 * A key of the index: a byte string, ordered as unsigned bytes, whose first byte says what it leads
 * to. Bounds of a scan are keys too; they need not be complete.
 */
public final class Key implements Comparable<Key> {

  /** What a key leads to. */
  public enum Kind {
    /** A directory entry: parent folder, folded name. */
    ENTRY(1),
    /** An extent run: file, number of its first extent. */
    EXTENT(2),
    /** The use of a batch: its position. */
    BATCH(3),
    /** A run of free bytes: its position. */
    FREE(4),
    /** An object to be removed: its id. */
    ORPHAN(5);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The first byte of the key. */
    public int code() {
      return code;
    }
  }

  /** Below every other key; stands first in an inner node. */
  public static final Key LOWEST = new Key(new byte[0]);

  /** Above every key that leads to something. */
  public static final Key HIGHEST = new Key(new byte[] {(byte) (Kind.ORPHAN.code + 1)});

  private static final int ID_AT = 1;
  private static final int REST_AT = ID_AT + Long.BYTES;
  private static final int EXTENT_LENGTH = REST_AT + Long.BYTES;
  private static final Kind[] KINDS = Kind.values();

  private final byte[] bytes;

  private Key(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The key of a directory entry; the name is folded already, see {@link Names#fold}. */
  public static Key entry(long parent, String foldedName) {
    byte[] name = foldedName.getBytes(StandardCharsets.UTF_8);
    if (name.length < 1 || name.length > IndexLimits.FOLDED_NAME) {
      throw new IllegalArgumentException("folded name of " + name.length + " bytes");
    }
    return new Key(
        ByteBuffer.allocate(REST_AT + name.length)
            .put((byte) Kind.ENTRY.code)
            .putLong(parent)
            .put(name)
            .array());
  }

  /** The key of the run that begins with this extent of the file. */
  public static Key extent(long file, long extent) {
    return new Key(
        ByteBuffer.allocate(EXTENT_LENGTH)
            .put((byte) Kind.EXTENT.code)
            .putLong(file)
            .putLong(extent)
            .array());
  }

  /** The key of the use of the batch at this position. */
  public static Key batch(long position) {
    return ofId(Kind.BATCH, position);
  }

  /** The key of the free bytes that begin at this position. */
  public static Key free(long position) {
    return ofId(Kind.FREE, position);
  }

  /** The key of the orphan with this object id. */
  public static Key orphan(long objectId) {
    return ofId(Kind.ORPHAN, objectId);
  }

  /** Where the keys of a kind begin; a bound. */
  public static Key prefix(Kind kind) {
    return new Key(new byte[] {(byte) kind.code});
  }

  /** Where the entries of a folder begin; a bound. */
  public static Key folderPrefix(long parent) {
    return ofId(Kind.ENTRY, parent);
  }

  /** Where the extents of a file begin; a bound. */
  public static Key filePrefix(long file) {
    return ofId(Kind.EXTENT, file);
  }

  /** A bound of any bytes, as inner nodes hold them. */
  static Key ofBytes(byte[] bytes) {
    return new Key(bytes.clone());
  }

  /** Reads a key that leads to something: kind and length have to fit. */
  static Key read(FieldReader in) throws DamagedContainerException {
    Key key = readBound(in);
    if (!key.isComplete()) {
      throw in.damaged("key of " + key.length() + " bytes that leads nowhere");
    }
    return key;
  }

  /** Reads any byte string as a bound. */
  static Key readBound(FieldReader in) throws DamagedContainerException {
    int length = in.readShort("key length");
    if (length > IndexLimits.KEY) {
      throw in.damaged("key of " + length + " bytes");
    }
    return length == 0 ? LOWEST : new Key(in.readBytes(length, "key"));
  }

  /** Writes length and bytes. */
  void write(ByteBuffer out) {
    out.putShort((short) bytes.length).put(bytes);
  }

  /** Whether this leads to something: not a mere bound. */
  public boolean isComplete() {
    if (bytes.length == 0 || bytes[0] < 1 || bytes[0] > KINDS.length) {
      return false;
    }
    return switch (kind()) {
      case ENTRY -> bytes.length > REST_AT && bytes.length <= REST_AT + IndexLimits.FOLDED_NAME;
      case EXTENT -> bytes.length == EXTENT_LENGTH;
      case BATCH, FREE, ORPHAN -> bytes.length == REST_AT;
    };
  }

  /** What a complete key leads to. */
  public Kind kind() {
    return KINDS[bytes[0] - 1];
  }

  /** The number after the kind: parent folder, file, position or object id. */
  public long id() {
    return ByteBuffer.wrap(bytes).getLong(ID_AT);
  }

  /** The number of the first extent, of a key of that kind. */
  public long extent() {
    require(Kind.EXTENT);
    return ByteBuffer.wrap(bytes).getLong(REST_AT);
  }

  /** The folded name, of a key of a directory entry. */
  public String foldedName() {
    require(Kind.ENTRY);
    return new String(bytes, REST_AT, bytes.length - REST_AT, StandardCharsets.UTF_8);
  }

  /** Length in bytes. */
  public int length() {
    return bytes.length;
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Whether this begins with all of the other key. */
  public boolean startsWith(Key prefix) {
    return bytes.length >= prefix.bytes.length
        && Arrays.mismatch(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length) < 0;
  }

  /** The lowest bound above every key that begins with this one. */
  public Key afterPrefix() {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == -1) {
      end--;
    }
    if (end == 0) {
      throw new IllegalStateException("nothing is above");
    }
    byte[] next = Arrays.copyOf(bytes, end);
    next[end - 1]++;
    return new Key(next);
  }

  /** The lowest bound above this key itself. */
  public Key successor() {
    return new Key(Arrays.copyOf(bytes, bytes.length + 1));
  }

  /** The shortest bound that is above {@code lower} and not above this key. */
  public Key separatorFrom(Key lower) {
    int same = Arrays.mismatch(lower.bytes, bytes);
    if (same < 0 || lower.compareTo(this) > 0) {
      throw new IllegalArgumentException("not above");
    }
    return same + 1 == bytes.length ? this : new Key(Arrays.copyOf(bytes, same + 1));
  }

  @Override
  public int compareTo(Key other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Key that && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Kind and numbers; a name is not shown. */
  @Override
  public String toString() {
    if (!isComplete()) {
      return "bound of " + bytes.length + " bytes";
    }
    String extent = kind() == Kind.EXTENT ? " " + Long.toUnsignedString(extent()) : "";
    return kind() + " " + Long.toUnsignedString(id()) + extent;
  }

  private void require(Kind kind) {
    if (!isComplete() || kind() != kind) {
      throw new IllegalStateException(this + " is not of kind " + kind);
    }
  }

  private static Key ofId(Kind kind, long id) {
    return new Key(ByteBuffer.allocate(REST_AT).put((byte) kind.code).putLong(id).array());
  }
}
