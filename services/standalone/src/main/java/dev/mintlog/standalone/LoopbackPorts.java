package dev.mintlog.standalone;

import dev.mintlog.runtime.lifecycle.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** TCP ports of the loopback interface. */
public final class LoopbackPorts {
  private LoopbackPorts() {}

  /** A port that nobody listens on now. Another process may take it before the caller does. */
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether nobody listens on the port, on loopback or on all interfaces. */
  public static boolean isFree(int port) {
    return canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        && canBind(new InetSocketAddress(port));
  }

  /** @throws StartException if the port is taken; it names the process that has it, where the system tells, and the fix */
  public static void requireFree(int port, String fix) {
    if (!isFree(port)) {
      throw new StartException("port " + port + " is taken"
          + holder(port).map(process -> " (by " + process + ")").orElse("") + "; " + fix);
    }
  }

  private static boolean canBind(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: a port in TIME_WAIT is not taken.
      socket.setReuseAddress(true);
      socket.bind(address, 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** On Linux, where the kernel lists sockets by inode and a process's sockets as links to inodes; else empty. */
  private static Optional<String> holder(int port) {
    try {
      Optional<String> inode = Stream.of("/proc/net/tcp", "/proc/net/tcp6").map(Path::of).filter(Files::isReadable)
          .flatMap(LoopbackPorts::lines).map(line -> line.strip().split("\\s+"))
          .filter(columns -> columns.length > 9 && columns[3].equals("0A")
              && columns[1].endsWith(String.format(":%04X", port)))
          .map(columns -> columns[9]).findFirst();
      return inode.flatMap(found -> ProcessHandle.allProcesses().filter(process -> holds(process, found)).findFirst())
          .map(process -> Path.of(process.info().command().orElse("?")).getFileName() + ", pid " + process.pid());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static boolean holds(ProcessHandle process, String inode) {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
      return descriptors.anyMatch(descriptor -> {
        try {
          return Files.readSymbolicLink(descriptor).toString().equals("socket:[" + inode + "]");
        } catch (IOException e) {
          return false;
        }
      });
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
