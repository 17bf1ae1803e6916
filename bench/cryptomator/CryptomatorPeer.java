import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.cryptomator.cryptofs.CryptoFileSystemProperties;
import org.cryptomator.cryptofs.CryptoFileSystemProvider;
import org.cryptomator.cryptolib.api.Masterkey;
import org.cryptomator.cryptolib.common.MasterkeyFileAccess;

/**
 * Copies a file or a folder into or out of a Cryptomator vault, as one process: start, passphrase,
 * copy, close.
 *
 * <p>{@code CryptomatorPeer create|in|out VAULT PASSPHRASE_FILE [FROM TO]}; inside the vault, paths
 * are absolute.
 */
public final class CryptomatorPeer {
  private static final int BUFFER_BYTES = 1 << 20;

  private CryptomatorPeer() {}

  public static void main(String[] args) throws IOException {
    Path vault = Path.of(args[1]);
    String passphrase = Files.readString(Path.of(args[2])).strip();
    SecureRandom random = new SecureRandom();
    MasterkeyFileAccess access = new MasterkeyFileAccess(new byte[0], random);
    Path keyFile = vault.resolve("masterkey.cryptomator");
    CryptoFileSystemProperties properties =
        CryptoFileSystemProperties.cryptoFileSystemProperties()
            .withKeyLoader(id -> access.load(keyFile, passphrase))
            .build();
    if (args[0].equals("create")) {
      Files.createDirectories(vault);
      try (Masterkey key = Masterkey.generate(random)) {
        access.persist(key, keyFile, passphrase);
      }
      CryptoFileSystemProvider.initialize(
          vault, properties, URI.create("masterkeyfile:masterkey.cryptomator"));
      return;
    }
    try (FileSystem inside = CryptoFileSystemProvider.newFileSystem(vault, properties)) {
      boolean in = args[0].equals("in");
      Path from = in ? Path.of(args[3]) : inside.getPath(args[3]);
      Path to = in ? inside.getPath(args[4]) : Path.of(args[4]);
      copyTree(from, to);
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    List<Path> sources;
    try (Stream<Path> walk = Files.walk(from)) {
      sources = walk.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    for (Path source : sources) {
      String below = from.relativize(source).toString();
      Path target = below.isEmpty() ? to : to.resolve(below);
      if (Files.isDirectory(source)) {
        Files.createDirectories(target);
      } else {
        copyFile(source, target, buffer);
      }
    }
  }

  private static void copyFile(Path source, Path target, ByteBuffer buffer) throws IOException {
    try (SeekableByteChannel in = Files.newByteChannel(source);
        SeekableByteChannel out =
            Files.newByteChannel(
                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (in.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
    }
  }
}
