package dev.mintlog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.runtime.lifecycle.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalRedisTest {
  @TempDir
  Path dir;

  private LocalRedis redis;

  @AfterEach
  void stop() throws InterruptedException {
    if (redis != null) {
      redis.kill();
    }
  }

  @Test
  void shouldServeWithTheSettingsItsPromisesRestOn() throws Exception {
    redis = started(dir);

    assertThat(say("CONFIG GET appendfsync")).contains("everysec");
    assertThat(say("CONFIG GET appendonly")).contains("yes");
    assertThat(say("CONFIG GET maxmemory-policy")).contains("noeviction");
    assertThat(say("CONFIG GET bind")).contains("127.0.0.1");
  }

  @Test
  void shouldKeepItsDataOverAStopAndAStart() throws Exception {
    redis = started(dir);
    say("SET code spent");
    long before = redis.pid();

    redis.stop();
    assertThat(redis.isRunning()).isFalse();
    assertThat(ProcessHandle.of(before)).isEmpty();
    redis.start();

    assertThat(say("GET code")).contains("spent");
    assertThat(redis.pid()).isNotEqualTo(before);
  }

  @Test
  void shouldBeGoneAtOnceWhenKilled() throws Exception {
    redis = started(dir);
    long pid = redis.pid();
    var exit = redis.onExit();

    redis.kill();

    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(128 + 9);
  }

  @Test
  void shouldAnswerNothingWhilePaused() throws Exception {
    redis = started(dir);

    redis.pause();
    assertThatThrownBy(() -> say("PING")).isInstanceOf(SocketTimeoutException.class);

    redis.resume();
    assertThat(say("PING")).contains("PONG");
  }

  @Test
  void shouldEndTheLeftoverOfAnEarlierRunInItsDirectory() throws Exception {
    LocalRedis earlier = started(dir);
    long earlierPid = earlier.pid();

    redis = new LocalRedis(dir, LoopbackPorts.free());
    redis.start();

    assertThat(ProcessHandle.of(earlierPid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(earlier.isRunning()).isFalse();
    assertThat(say("PING")).contains("PONG");
  }

  @Test
  void shouldSayWhoHasThePortWhenItIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      redis = new LocalRedis(dir, taken.getLocalPort());

      assertThatThrownBy(redis::start).isInstanceOf(StartException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " is taken")
          .hasMessageContaining(System.getProperty("os.name").equals("Linux")
              ? "pid " + ProcessHandle.current().pid() : "is taken");
    }
  }

  @Test
  void shouldQuoteWhatItPrintedWhenItCannotStart() {
    redis = new LocalRedis(dir, LoopbackPorts.free(), List.of("--no-such-option", "1"));

    assertThatThrownBy(redis::start).isInstanceOf(StartException.class)
        .hasMessageStartingWith("redis ended with exit code 1 instead of starting: ")
        .hasMessageContaining("redis.log");
    assertThat(redis.isRunning()).isFalse();
  }

  private static LocalRedis started(Path dir) throws InterruptedException {
    LocalRedis redis = new LocalRedis(dir, LoopbackPorts.free());
    redis.start();
    return redis;
  }

  private String say(String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] buffer = new byte[4096];
      int read = socket.getInputStream().read(buffer);
      return new String(buffer, 0, read, StandardCharsets.US_ASCII);
    }
  }
}
