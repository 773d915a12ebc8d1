package dev.mintlog.standalone;

import dev.mintlog.runtime.lifecycle.StartException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Properties;

/**
 * What one embedded Mintlog keeps between runs, in one directory that only its owner can read: the data of its parts,
 * the ports they were given, and while it runs a lock that the system releases whatever way the process ends.
 */
public final class StateDirectory {
  private final Path dir;

  private StateDirectory(Path dir) {
    this.dir = dir;
  }

  /** @throws StartException if the directory cannot be made or written */
  public static StateDirectory at(Path dir) {
    Path absolute = dir.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException e) {
      throw new StartException("Expected to keep state in " + absolute + ", but found: " + e
          + "; choose another directory with --dir", e);
    }
    return new StateDirectory(absolute);
  }

  /** A place for one part. */
  public Path resolve(String name) {
    return dir.resolve(name);
  }

  /**
   * Takes the directory for this process.
   *
   * @return empty if another process has it; else a lock to hold for as long as the process uses the directory
   */
  public Optional<FileLock> lock() {
    try {
      FileChannel channel = FileChannel.open(dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Optional<FileLock> lock = tryLock(channel);
      if (lock.isEmpty()) {
        channel.close();
      }
      return lock;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * The port that a part had before, if it is free, else another one, which is remembered. Parts keep their ports so that
   * tools that were told of them find them again.
   */
  public int port(String part) {
    try {
      Properties ports = ports();
      String before = ports.getProperty(part, "");
      if (before.matches("\\d{1,5}") && LoopbackPorts.isFree(Integer.parseInt(before))) {
        return Integer.parseInt(before);
      }
      int port = LoopbackPorts.free();
      ports.setProperty(part, Integer.toString(port));
      try (Writer writer = Files.newBufferedWriter(portsFile(), StandardCharsets.UTF_8)) {
        ports.store(writer, null);
      }
      return port;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Says what runs here, for whoever asks while it does. */
  public void announce(String text) {
    try {
      Path fresh = dir.resolve("running.txt.new");
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      Files.move(fresh, announcement(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Takes the announcement back. */
  public void withdraw() {
    try {
      Files.deleteIfExists(announcement());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** What was announced by the process that runs here, once it has. */
  public Optional<String> announced() {
    try {
      return Optional.of(Files.readString(announcement(), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  @Override
  public String toString() {
    return dir.toString();
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  private Properties ports() throws IOException {
    Properties ports = new Properties();
    if (Files.exists(portsFile())) {
      try (Reader reader = Files.newBufferedReader(portsFile(), StandardCharsets.UTF_8)) {
        ports.load(reader);
      }
    }
    return ports;
  }

  private Path portsFile() {
    return dir.resolve("ports.properties");
  }

  private Path announcement() {
    return dir.resolve("running.txt");
  }

  private StartException unusable(IOException e) {
    return new StartException("Expected to use " + dir + ", but found: " + e + "; choose another directory with --dir", e);
  }
}
