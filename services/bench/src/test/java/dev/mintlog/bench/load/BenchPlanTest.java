package dev.mintlog.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.bench.script.BenchException;
import dev.mintlog.bench.script.PreparedRequest;
import dev.mintlog.bench.script.Script;
import dev.mintlog.bench.script.Target;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchPlanTest {

  private static final Target TARGET = Target.of(URI.create("http://[::1]:8080/t1/token?x=1"));

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost/", "http://127.0.0.1:8080/token", "http://127.9.9.9/", "http://[::1]:1/"})
  void shouldAcceptLoopback(String url) {
    assertThat(Target.of(URI.create(url)).address().getAddress().isLoopbackAddress()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://10.0.0.1/", "http://192.0.2.1:8080/token", "http://example.com/",
      "http://127.0.0.1.example.com/", "http://0.0.0.0/", "http://[2001:db8::1]/"})
  void shouldRefuseEveryOtherAddressInOneLine(String url) {
    assertThatThrownBy(() -> Target.of(URI.create(url))).isInstanceOf(BenchException.class)
        .hasMessageContaining("only loopback").hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://127.0.0.1/", "127.0.0.1:80", "http://a:b@127.0.0.1/", "/token",
      "http://127.0.0.1:70000/", "http://127.1/"})
  void shouldRefuseAnythingButAPlainHttpUrl(String url) {
    assertThatThrownBy(() -> Target.of(URI.create(url.startsWith("127") ? "x:" + url : url)))
        .isInstanceOf(BenchException.class).hasMessageContaining("--url");
  }

  @Test
  void shouldKeepPathAndQuery() {
    assertThat(TARGET.path()).isEqualTo("/t1/token?x=1");
    assertThat(TARGET.authority()).isEqualTo("[::1]:8080");
  }

  @Test
  void shouldRefuseWhenABoundIsBroken() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> plan(List.of(), second, second, second)).hasMessageContaining("--concurrency");
    assertThatThrownBy(() -> plan(List.of(16, 1025), second, second, second)).hasMessageContaining("1025");
    assertThatThrownBy(() -> plan(List.of(1), second.negated(), second, second)).hasMessageContaining("--warmup");
    assertThatThrownBy(() -> plan(List.of(1), second, Duration.ZERO, second)).hasMessageContaining("--seconds");
    assertThatThrownBy(() -> plan(List.of(1), second, Duration.ofSeconds(601), second)).hasMessageContaining("601");
    assertThatThrownBy(() -> plan(List.of(1), second, second, Duration.ofSeconds(61))).hasMessageContaining("--timeout");
    assertThat(plan(List.of(1, 1024), Duration.ZERO, second, second).concurrency()).containsExactly(1, 1024);
  }

  @Test
  void shouldNotPrintTheSecretARequestCarries() {
    String secret = PreparedRequest.basic("id", "s3cret/+");
    var request = PreparedRequest.form(TARGET, Map.of("Authorization", secret), Map.of("client_secret", "s3cret"));

    assertThat(request.toString()).doesNotContain("s3cret", secret).contains("bytes");
  }

  @Test
  void shouldEncodeIdAndSecretBeforeJoiningThem() {
    // base64 of a%3Ab:s%2F%2B
    assertThat(PreparedRequest.basic("a:b", "s/+")).isEqualTo("Basic YSUzQWI6cyUyRiUyQg==");
  }

  @Test
  void shouldRefuseAHeaderThatWouldBeTwo() {
    assertThatThrownBy(() -> PreparedRequest.form(TARGET, Map.of("X", "a\r\nY: b"), Map.of()))
        .isInstanceOf(BenchException.class).hasMessageContaining("--header X");
  }

  private static BenchPlan plan(List<Integer> concurrency, Duration warmUp, Duration measured, Duration timeout) {
    return new BenchPlan("n", "client_credentials", TARGET,
        Script.repeating(TARGET, PreparedRequest.form(TARGET, Map.of(), Map.of())), Optional.empty(), concurrency, warmUp,
        measured, timeout);
  }
}
