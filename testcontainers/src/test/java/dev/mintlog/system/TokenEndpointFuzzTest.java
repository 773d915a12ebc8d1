package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.CapturedLog;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Whatever is sent to an edge, it answers as documented or ends the connection, soon; and nothing that was secret in it
 * comes back or is logged. Runs again with {@code -Dmintlog.fuzz.seed}, one case with {@code -Dmintlog.fuzz.case}.
 */
class TokenEndpointFuzzTest {
  private static final int CASES = Integer.getInteger("mintlog.fuzz.cases", 10_000);
  private static final int SENDERS = 4;
  private static final Set<Integer> DOCUMENTED = Set.of(200, 400, 401, 404, 405, 413);
  private static final String HEARD = "a line that is captured";
  // Whoever sends what it likes must not fill the log.
  private static final int LOG_LINES_MAX = 100;

  private final RunningSystem system = RunningSystem.shared();
  private final long seed = Long.getLong("mintlog.fuzz.seed", System.nanoTime());
  private final Set<String> secrets = ConcurrentHashMap.newKeySet();
  private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void shouldAnswerAsDocumentedWhateverIsSentAndKeepSecrets() throws Exception {
    // Given
    FuzzedRequests requests = new FuzzedRequests(seed, system.registry(), liveHandles());
    Integer only = Integer.getInteger("mintlog.fuzz.case");

    try (CapturedLog log = CapturedLog.begin()) {
      // When, Then each answer
      if (only != null) {
        send(requests, only, 1, only + 1);
      } else {
        sendAll(requests);
      }

      // Then
      LoggerFactory.getLogger("dev.mintlog.edge").trace(HEARD);
      assertThat(log.lines()).as("what is logged is heard").anyMatch(line -> line.endsWith(HEARD));
      assertThat(log.lines()).as(replay()).hasSizeLessThan(LOG_LINES_MAX).allSatisfy(
          line -> assertThat(secrets).as(replay()).noneMatch(line::contains));
      assertThat(log.lines()).as(replay()).noneMatch(line -> line.startsWith("ERROR"));
    }
    // And it serves on, and waits for nothing
    assertThat(system.client("service").clientCredentials().status()).isEqualTo(200);
    Answer health = TokenClient.get(system.loginApi().resolve("/health/ready"));
    assertThat(health.json().at("/gauges/pending-replies").asInt(-1)).isZero();
    if (only == null) {
      assertThat(answers.keySet()).as("every kind of answer was reached: " + answers).containsAll(DOCUMENTED);
      assertThat(answers.get(200).get()).as("much of it works: " + answers).isGreaterThan(CASES / 50);
    }
  }

  // Senders take turns: which case meets which edge state is chance, which requests are sent is not.
  private void sendAll(FuzzedRequests requests) throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int sender = 0; sender < SENDERS; sender++) {
        int first = sender;
        all.add(senders.submit(() -> send(requests, first, SENDERS, CASES)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() instanceof AssertionError found ? found : new AssertionError(replay(), e.getCause());
    } finally {
      senders.shutdownNow();
    }
  }

  private void send(FuzzedRequests requests, int first, int step, int end) {
    try (KeptConnection connection = new KeptConnection()) {
      for (int number = first; number < end && !Thread.currentThread().isInterrupted(); number += step) {
        FuzzCase request = requests.get(number);
        secrets.addAll(request.secrets());
        try {
          if (request.wellFormed()) {
            checkAnswered(request, connection.exchange(request));
          } else {
            checkGarbage(request);
          }
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError(replay() + " -Dmintlog.fuzz.case=" + number + "\n" + e.getMessage() + "\nfor\n"
              + request, e);
        }
      }
    }
  }

  private void checkAnswered(FuzzCase request, Optional<RawAnswer> found) {
    RawAnswer answer = found.orElseThrow(() -> new AssertionError("expected an answer, but the connection was closed"));
    check(request, answer);
    if (answer.status() >= 400 && !request.head()) {
      answer.isProperError();
    }
  }

  private void checkGarbage(FuzzCase request) {
    try (RawConnection connection = RawConnection.to(system.edge())) {
      connection.send(request.bytes()).endOfInput();
      for (Optional<RawAnswer> answer = connection.read(false); answer.isPresent(); answer = connection.read(false)) {
        if (answer.get().status() == 501 && request.namesAnotherVersion()) {
          return;
        }
        check(request, answer.get());
      }
    }
  }

  private void check(FuzzCase request, RawAnswer answer) {
    answers.computeIfAbsent(answer.status(), status -> new AtomicInteger()).incrementAndGet();
    assertThat(answer.status()).as(answer.toString()).isIn(DOCUMENTED);
    String shown = answer.toString();
    assertThat(request.secrets()).as("secrets in " + shown).noneMatch(shown::contains);
  }

  // Handles that are worth something, so that what is fuzzed is not refused at the first look.
  private List<String> liveHandles() {
    List<String> handles = new ArrayList<>();
    LoginApplication login = system.loginApplication().withTokenTaken();
    for (int i = 0; i < 5; i++) {
      Pkce pkce = Pkce.random();
      handles.add(login.code("web", "https://web.example/callback", pkce, "scope", "openid offline_access"));
      handles.add(pkce.verifier());
      String code = login.code("spa", "https://spa.example/callback", pkce, "scope", "openid offline_access");
      handles.add(system.publicClient("spa").redeem(code, pkce.verifier(), "https://spa.example/callback")
          .refreshToken());
      handles.add(system.publicClient("slow-tv").device().text("device_code"));
    }
    return handles;
  }

  private String replay() {
    return "replay with -Dmintlog.fuzz.seed=" + seed;
  }

  /** A connection that is used for as long as it is kept open. */
  private final class KeptConnection implements AutoCloseable {
    private RawConnection connection;

    Optional<RawAnswer> exchange(FuzzCase request) {
      if (connection != null) {
        Optional<RawAnswer> answer = connection.send(request.bytes()).read(request.head());
        if (answer.isPresent()) {
          return kept(answer);
        }
        // It had ended before this request came.
        connection.close();
      }
      connection = RawConnection.to(system.edge());
      return kept(connection.send(request.bytes()).read(request.head()));
    }

    private Optional<RawAnswer> kept(Optional<RawAnswer> answer) {
      if (answer.isEmpty() || !answer.get().keepsConnection()) {
        close();
      }
      return answer;
    }

    @Override
    public void close() {
      if (connection != null) {
        connection.close();
        connection = null;
      }
    }
  }
}
