package uk.usbguard.core.nio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(World.class)
@DisplayName("ENC-02: channels on files of a container behave like those of Jimfs")
class ChannelConformanceTest {

  @Parameter World world;
  private FileSystem fs;
  private Path file;

  @BeforeEach
  void make() throws Exception {
    fs = world.make();
    file = fs.getPath("/file");
  }

  @AfterEach
  void close() throws Exception {
    fs.close();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static String read(SeekableByteChannel channel, int most) throws IOException {
    ByteBuffer into = ByteBuffer.allocateDirect(most);
    int n = channel.read(into);
    into.flip();
    return n < 0 ? "end" : UTF_8.decode(into).toString();
  }

  @Test
  @DisplayName("reads and writes go on where the last one ended")
  void keepsAPosition() throws Exception {
    try (SeekableByteChannel channel = Files.newByteChannel(file, READ, WRITE, CREATE)) {
      assertThat(channel.position()).isZero();
      assertThat(channel.write(bytes("hello world"))).isEqualTo(11);
      assertThat(channel.position()).isEqualTo(11);
      assertThat(read(channel, 5)).isEqualTo("end");
      channel.position(6);
      assertThat(read(channel, 100)).isEqualTo("world");
      channel.position(0).write(bytes("J"));
      assertThat(channel.position()).isEqualTo(1);
      assertThat(channel.size()).isEqualTo(11);
      assertThat(channel.read(ByteBuffer.allocate(0))).isZero();
    }
    assertThat(Files.readString(file)).isEqualTo("Jello world");
  }

  @Test
  @DisplayName("writing behind the end leaves zeros between, reading there finds the end")
  void goesBehindTheEnd() throws Exception {
    try (SeekableByteChannel channel = Files.newByteChannel(file, READ, WRITE, CREATE_NEW)) {
      channel.position(200_000);
      assertThat(channel.size()).isZero();
      assertThat(read(channel, 5)).isEqualTo("end");
      channel.write(bytes("x"));
      assertThat(channel.size()).isEqualTo(200_001);
    }
    byte[] expected = new byte[200_001];
    expected[200_000] = 'x';
    assertThat(Files.readAllBytes(file)).isEqualTo(expected);
  }

  @Test
  @DisplayName("cutting off shortens the file, never lengthens it, and takes the position along")
  void truncates() throws Exception {
    Files.writeString(file, "hello world");
    try (SeekableByteChannel channel = Files.newByteChannel(file, READ, WRITE)) {
      channel.position(8).truncate(20);
      assertThat(channel.size()).isEqualTo(11);
      assertThat(channel.position()).isEqualTo(8);
      channel.truncate(5);
      assertThat(channel.size()).isEqualTo(5);
      assertThat(channel.position()).isEqualTo(5);
      assertThatThrownBy(() -> channel.truncate(-1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> channel.position(-1)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Files.readString(file)).isEqualTo("hello");
    try (SeekableByteChannel channel = Files.newByteChannel(file, WRITE, TRUNCATE_EXISTING)) {
      assertThat(channel.size()).isZero();
    }
    assertThat(Files.size(file)).isZero();
  }

  @Test
  @DisplayName("an appending channel writes at the end wherever its position was")
  void appends() throws Exception {
    Files.writeString(file, "one");
    try (SeekableByteChannel channel = Files.newByteChannel(file, APPEND);
        SeekableByteChannel other = Files.newByteChannel(file, APPEND)) {
      channel.position(0);
      channel.write(bytes(" two"));
      other.write(bytes(" three"));
      channel.write(bytes(" four"));
      assertThat(channel.position()).isEqualTo(18);
    }
    assertThat(Files.readString(file)).isEqualTo("one two three four");
  }

  @Test
  @DisplayName("a channel does only what it was opened for, and nothing once it is closed")
  void doesOnlyWhatItIsFor() throws Exception {
    Files.writeString(file, "x");
    SeekableByteChannel reader = Files.newByteChannel(file);
    SeekableByteChannel writer = Files.newByteChannel(file, WRITE);
    assertThatThrownBy(() -> reader.write(bytes("y")))
        .isInstanceOf(NonWritableChannelException.class);
    assertThatThrownBy(() -> reader.truncate(0)).isInstanceOf(NonWritableChannelException.class);
    assertThatThrownBy(() -> read(writer, 1)).isInstanceOf(NonReadableChannelException.class);
    reader.close();
    reader.close();
    writer.close();
    assertThat(reader.isOpen()).isFalse();
    assertThatThrownBy(() -> read(reader, 1)).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> writer.write(bytes("y"))).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(writer::size).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> writer.position(0)).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  @DisplayName("what one channel writes, all others and the attributes show at once")
  void isSeenByOthers() throws Exception {
    Files.writeString(file, "0123456789");
    try (SeekableByteChannel writer = Files.newByteChannel(file, WRITE);
        SeekableByteChannel reader = Files.newByteChannel(file, READ)) {
      writer.write(bytes("abc"));
      assertThat(read(reader, 5)).isEqualTo("abc34");
      writer.position(10).write(bytes("more"));
      assertThat(reader.size()).isEqualTo(14);
      assertThat(Files.size(file)).isEqualTo(14);
      assertThat(Files.readString(file)).isEqualTo("abc3456789more");
      writer.truncate(4);
      assertThat(read(reader, 5)).isEqualTo("end");
      assertThat(Files.size(file)).isEqualTo(4);
      Files.copy(file, fs.getPath("/copy"));
    }
    assertThat(Files.readString(fs.getPath("/copy"))).isEqualTo("abc3");
  }

  @Test
  @DisplayName("a file keeps its channels when it moves")
  void followsAMove() throws Exception {
    Files.writeString(file, "0123456789");
    Path folder = Files.createDirectory(fs.getPath("/folder"));
    try (SeekableByteChannel writer = Files.newByteChannel(file, WRITE);
        SeekableByteChannel reader = Files.newByteChannel(file, READ)) {
      writer.write(bytes("abc"));
      Files.move(file, folder.resolve("moved"));
      writer.write(bytes("def"));
      assertThat(read(reader, 20)).isEqualTo("abcdef6789");
    }
    assertThat(Files.readString(folder.resolve("moved"))).isEqualTo("abcdef6789");
    assertThat(file).doesNotExist();
  }

  @Test
  @DisplayName("a file channel reads and writes at a place, scattered and gathered")
  void readsAndWritesAtAPlace() throws Exception {
    try (FileChannel channel = FileChannel.open(file, READ, WRITE, CREATE, SYNC)) {
      ByteBuffer[] parts = {bytes("one"), bytes("two"), bytes("three")};
      assertThat(channel.write(parts)).isEqualTo(11);
      assertThat(channel.write(bytes("TWO"), 3)).isEqualTo(3);
      assertThat(channel.position()).isEqualTo(11);
      ByteBuffer at = ByteBuffer.allocate(4);
      assertThat(channel.read(at, 2)).isEqualTo(4);
      assertThat(new String(at.array(), UTF_8)).isEqualTo("eTWO");
      assertThat(channel.read(ByteBuffer.allocate(1), 11)).isEqualTo(-1);
      assertThatThrownBy(() -> channel.read(at, -1)).isInstanceOf(IllegalArgumentException.class);
      channel.position(0);
      ByteBuffer[] into = {ByteBuffer.allocate(3), ByteBuffer.allocate(100)};
      assertThat(channel.read(into)).isEqualTo(11);
      assertThat(into[1].position()).isEqualTo(8);
      assertThat(channel.read(into)).isEqualTo(-1);
      channel.force(true);
    }
    assertThat(Files.readString(file)).isEqualTo("oneTWOthree");
  }

  @Test
  @DisplayName("a file channel passes its content on, and takes another's")
  void transfers() throws Exception {
    byte[] large = new byte[150_000];
    Arrays.fill(large, (byte) 'z');
    try (FileChannel channel = FileChannel.open(file, READ, WRITE, CREATE)) {
      assertThat(channel.transferFrom(channelOf(large), 0, 1_000_000)).isEqualTo(150_000);
      assertThat(channel.transferFrom(channelOf(large), 150_001, 10)).isZero();
      assertThat(channel.transferFrom(channelOf(large), 150_000, 10)).isEqualTo(10);
      assertThat(channel.position()).isZero();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThat(channel.transferTo(100_000, 1_000_000, Channels.newChannel(out)))
          .isEqualTo(50_010);
      assertThat(out.toByteArray()).containsOnly('z').hasSize(50_010);
      assertThat(channel.transferTo(150_010, 5, Channels.newChannel(out))).isZero();
    }
  }

  private static ReadableByteChannel channelOf(byte[] bytes) {
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }

  @Test
  @DisplayName("closing the file system closes its channels and streams")
  void endsWithTheFileSystem() throws Exception {
    Files.writeString(file, "x");
    SeekableByteChannel channel = Files.newByteChannel(file, WRITE);
    var stream = Files.newDirectoryStream(fs.getPath("/"));
    fs.close();
    assertThat(fs.isOpen()).isFalse();
    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(stream::iterator).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Files.readString(file)).isInstanceOf(ClosedFileSystemException.class);
    assertThat(file.resolve("x").toString()).isEqualTo("/file/x");
  }
}
