package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes the sources have, for the time left. Counted beside the work on a thread of its
 * own, and only when somebody looks at a progress bar.
 */
final class TreeSize implements AutoCloseable {

  private final List<Path> sources;
  private volatile long total = -1;
  private volatile boolean closed;

  private TreeSize(List<Path> sources) {
    this.sources = sources;
  }

  static TreeSize counting(List<Path> sources) {
    TreeSize size = new TreeSize(sources);
    Thread thread = new Thread(size::count, "usbguard-count");
    thread.setDaemon(true);
    thread.start();
    return size;
  }

  /** Below zero until it is known. */
  long total() {
    return total;
  }

  private void count() {
    Counter counter = new Counter();
    try {
      for (Path source : sources) {
        Files.walkFileTree(source, counter);
      }
      total = counter.bytes;
    } catch (IOException e) {
      // The bar then shows no time left; the import itself reports what cannot be read.
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private final class Counter extends SimpleFileVisitor<Path> {

    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.isRegularFile() ? attributes.size() : 0;
      return closed ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
