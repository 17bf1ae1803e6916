package uk.usbguard.core.registry;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A network between a register and its server that breaks when a test says so. The driver sends
 * what belongs to one statement at once, so a piece that arrives here is a statement.
 */
final class CuttableWire implements AutoCloseable {

  /** When the wire breaks, seen from the statement at which it does. */
  enum Cut {
    /** The server never sees it. */
    BEFORE,
    /** The server carries it out, and nobody hears the answer. */
    AFTER,
    /** Nothing passes any more, and nobody is told: both ends stay open. */
    SILENT
  }

  private final ServerSocket listening;
  private final int serverPort;
  private final List<Socket> open = new ArrayList<>();

  @GuardedBy("this")
  private long left = Long.MAX_VALUE;

  @GuardedBy("this")
  private Cut cut = Cut.BEFORE;

  @GuardedBy("this")
  private boolean forEver;

  @GuardedBy("this")
  private boolean broken;

  CuttableWire(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Breaks at the statement after so many others. */
  synchronized void breakAfter(long statements, Cut how, boolean stayBroken) {
    left = statements;
    cut = how;
    forEver = stayBroken;
    broken = false;
  }

  /** Whether it broke since. */
  synchronized boolean isBroken() {
    return broken;
  }

  /** Works again, for good. */
  synchronized void mend() {
    left = Long.MAX_VALUE;
    broken = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        synchronized (this) {
          if (broken && forEver) {
            if (cut == Cut.SILENT) {
              open.add(client); // nobody answers it
            } else {
              client.close();
            }
            continue;
          }
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        synchronized (this) {
          open.add(client);
          open.add(server);
        }
        start(() -> pump(client, server, true));
        start(() -> pump(server, client, false));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void pump(Socket from, Socket to, boolean statements) {
    byte[] piece = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        boolean breaks = statements && isNow();
        if (breaks && is(Cut.SILENT)) {
          swallow(in);
          return;
        }
        if (breaks && is(Cut.BEFORE)) {
          return;
        }
        if (breaks) {
          from.close(); // no way back for the answer
          out.write(piece, 0, length);
          out.flush();
          waitForServer(to);
          return;
        }
        out.write(piece, 0, length);
        out.flush();
      }
    } catch (IOException e) {
      // one side has gone; so does the other
    }
  }

  /** Until whoever speaks has had enough. */
  private static void swallow(InputStream in) throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  /** The server has carried it out when it has answered. */
  private static void waitForServer(Socket server) throws IOException {
    // The other thread reads the answer and cannot pass it on, which closes this socket.
    while (!server.isClosed()) {
      Thread.onSpinWait();
    }
  }

  private synchronized boolean isNow() {
    boolean now = left-- == 0;
    broken |= now;
    return now;
  }

  private synchronized boolean is(Cut how) {
    return cut == how;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    synchronized (this) {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }
}
