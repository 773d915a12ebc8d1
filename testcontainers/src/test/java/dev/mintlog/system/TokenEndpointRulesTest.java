package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.DemoClient;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.RunningSystem;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the token endpoint asks of HTTP and of forms: RFC 6749 §3.2, §5.2 and Appendix B. */
class TokenEndpointRulesTest {
  private static final int BODY_BYTES_MAX = 64 * 1024;

  private final RunningSystem system = RunningSystem.shared();
  private final DemoClient service = system.registry().client("service");

  // Methods

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "MINT"})
  void shouldRefuseAnotherMethodThanPostAndSayWhichIsAllowed(String method) {
    RawAnswer answer = answerTo(RawRequest.of(method, "/connect/token"));

    answer.isRefused(405, "invalid_request");
    assertThat(answer.header("Allow")).contains("POST");
  }

  @Test
  void shouldRefuseHeadWithoutABody() {
    try (RawConnection connection = RawConnection.to(system.edge())) {
      RawAnswer answer = connection.exchange(RawRequest.of("HEAD", "/connect/token"));

      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("Allow")).contains("POST");
      // A body would be taken for the next answer.
      connection.exchange(good()).isGranted();
    }
  }

  @ParameterizedTest
  @CsvSource({"/connect/token,POST", "/connect/deviceauthorization,'GET, POST'",
      "/.well-known/openid-configuration,'GET, HEAD'", "/.well-known/oauth-authorization-server,'GET, HEAD'",
      "/.well-known/jwks.json,'GET, HEAD'"})
  void shouldNameTheMethodsOfEachEndpoint(String path, String allowed) {
    RawAnswer answer = answerTo(RawRequest.of("DELETE", path));

    answer.isRefused(405, "invalid_request");
    assertThat(answer.header("Allow")).contains(allowed);
  }

  // Paths

  @Test
  void shouldServeTheAliasAsWell() {
    answerTo(good().at("/oauth2/token")).isGranted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/connect/token/", "/connect/tokens", "/connect", "/Connect/Token", "/connect/token%00",
      "//connect/token", "/connect/../connect/token", "/unknown/connect/token", "/login/authorizations",
      "/health/ready"})
  void shouldAnswer404WhereNothingIs(String path) {
    answerTo(good().at(path)).isRefused(404, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?client-request-id=f6b1", "?", "?grant_type=password&client_id=other&client_secret=wrong",
      "?%zz=%", "?scope=openid&scope=openid"})
  void shouldNotReadTheQueryString(String query) {
    answerTo(good().at("/connect/token" + query)).isGranted();
  }

  @Test
  void shouldNotTakeParametersOutOfTheQueryString() {
    answerTo(RawRequest.tokenForm("scope=orders.read").basic(service)
        .at("/connect/token?grant_type=client_credentials"))
        .isRefused(400, "invalid_request");
  }

  @Test
  void shouldTakeTheAbsoluteFormOfATarget() {
    answerTo(good().at(system.publicUrl() + "/connect/token")).isGranted();
  }

  // Content types

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded;charset=UTF-8",
      "application/x-www-form-urlencoded; charset=utf-8", "application/x-www-form-urlencoded ; charset=\"utf-8\"",
      "Application/X-WWW-Form-URLEncoded", "application/x-www-form-urlencoded;charset=iso-8859-1"})
  void shouldTakeTheContentTypeWithAnyParameters(String contentType) {
    answerTo(good().without("Content-Type").header("Content-Type", contentType)).isGranted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x",
      "application/x-www-form-urlencodedx", "application/x-www-form-urlencoded/x", "form", "", ";"})
  void shouldRefuseAnotherContentType(String contentType) {
    answerTo(good().without("Content-Type").header("Content-Type", contentType)).isRefused(400, "invalid_request");
  }

  @Test
  void shouldRefuseABodyWithoutContentType() {
    answerTo(good().without("Content-Type")).isRefused(400, "invalid_request");
  }

  // Bodies

  @Test
  void shouldRefuseAMissingBody() {
    answerTo(good().body("")).isRefused(400, "invalid_request");
  }

  @Test
  void shouldTakeABodyOfExactly64KiB() {
    answerTo(filledTo(BODY_BYTES_MAX)).isGranted();
    assertThat(exchange(filledTo(BODY_BYTES_MAX).chunked(4096)).status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseABodyOfMoreThan64KiB() {
    answerTo(filledTo(BODY_BYTES_MAX + 1)).isRefused(413, "invalid_request");
    exchange(filledTo(BODY_BYTES_MAX + 1).chunked(4096)).isRefused(413, "invalid_request");
  }

  @Test
  void shouldRefuseALargeBodyBeforeItIsSent() {
    try (RawConnection connection = RawConnection.to(system.edge())) {
      // When only the head is there
      connection.send(good().header("Content-Length", "1000000000000").head());

      // Then
      connection.read(false).orElseThrow().isRefused(413, "invalid_request");
    }
  }

  @Test
  void shouldRefuseALargeChunkedBodyBeforeItEnds() {
    try (RawConnection connection = RawConnection.to(system.edge())) {
      // When more than enough is there, but not the last chunk
      byte[] chunked = filledTo(BODY_BYTES_MAX + 4096).chunked(1024);
      connection.send(java.util.Arrays.copyOf(chunked, chunked.length - "0\r\n\r\n".length()));

      // Then
      connection.read(false).orElseThrow().isRefused(413, "invalid_request");
    }
  }

  @Test
  void shouldEndTheConnectionOfWhoDoesNotStopSending() {
    try (RawConnection connection = RawConnection.to(system.edge())) {
      connection.send(good().header("Content-Length", "100000000").head());
      connection.read(false).orElseThrow().isRefused(413, "invalid_request");

      byte[] more = new byte[64 * 1024];
      for (int i = 0; i < 64; i++) {
        connection.send(more);
      }

      assertThat(connection.ends()).isTrue();
    }
  }

  @Test
  void shouldAskForABodyThatWaitsToBeAskedFor() {
    try (RawConnection connection = RawConnection.to(system.edge())) {
      RawRequest request = good().header("Expect", "100-continue");
      connection.send(request.header("Content-Length", Integer.toString(request.body().length)).head());

      assertThat(connection.readInterim()).isEqualTo(100);
      connection.send(request.body());
      connection.read(false).orElseThrow().isGranted();
    }
  }

  // RFC 9110 §10.1.1: who is refused with a final status sends no body, so that what comes next would be taken for one.
  @Test
  void shouldRefuseALargeBodyThatWaitsToBeAskedForAndEndTheConnection() {
    try (RawConnection connection = RawConnection.to(system.edge())) {
      connection.send(good().header("Expect", "100-continue").header("Content-Length", "70000").head());

      RawAnswer answer = connection.read(false).orElseThrow().isRefused(413, "invalid_request");
      assertThat(answer.keepsConnection()).isFalse();
      assertThat(connection.ends()).isTrue();
    }
  }

  @Test
  void shouldReadABodyHoweverSmallItsPieces() {
    exchange(filledTo(20_000).chunked(1)).isGranted();
  }

  // Forms

  @ParameterizedTest
  @ValueSource(strings = {"grant_type", "scope", "client_id", "client_secret", "code", "code_verifier", "redirect_uri",
      "refresh_token", "device_code", "unknown"})
  void shouldRefuseAParameterThatStandsTwice(String name) {
    RawAnswer answer = answerTo(good().and(name, "a").and(name, "a"));

    answer.isRefused(400, "invalid_request");
    assertThat(answer.text("error_description")).contains("more than once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"resource", "audience"})
  void shouldTakeParametersTwiceThatMayStandTwice(String name) {
    RawRequest request = RawRequest.tokenForm("grant_type=client_credentials").basic(system.registry().client("planner"));

    answerTo(request.and(name, "https://orders.example").and(name, "https://billing.example")).isGranted();
  }

  @Test
  void shouldNotRepeatTheNameOfAnUnknownParameterThatMayBeASecret() {
    assertThat(answerTo(good().and("p4ssw0rd", "1").and("p4ssw0rd", "2")).isRefused(400, "invalid_request").text())
        .doesNotContain("p4ssw0rd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"&scope=", "&scope", "&scope=%20", "&scope=++", "&client_id=&client_secret=", "&grant_type=",
      "&&&", "&=", "&code=&refresh_token=&device_code=&redirect_uri=", "&client_assertion="})
  void shouldTreatABlankParameterAsAbsent(String more) {
    RawAnswer answer = answerTo(RawRequest.tokenForm("grant_type=client_credentials" + more).basic(service))
        .isGranted();

    assertThat(answer.text("scope")).isEqualTo("billing.read orders.read orders.write");
  }

  @Test
  void shouldIgnoreUnknownParameters() {
    answerTo(good().and("client_info", "1").and("x-client-SKU", "MSAL.NetCore").and("claims", "{\"id_token\":{}}")
        .and("ключ", "значение").and("__proto__", "[]")).isGranted();
  }

  @Test
  void shouldRefuseMoreParametersThanAnyClientSends() {
    String many = IntStream.range(0, 1_000).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining("&"));

    answerTo(RawRequest.tokenForm("grant_type=client_credentials&" + many).basic(service))
        .isRefused(400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "%zz", "%4g", "a%", "%%41", "%u0041", "%-1", "%+1", "%00", "a%00b", "%C3",
      "%C3%28", "%FF", "%ED%A0%80", "%C0%80", "%F8%88%80%80%80"})
  void shouldRefuseMalformedEncodingInNamesAndValues(String malformed) {
    answerTo(good().body("grant_type=client_credentials&x=" + malformed)).isRefused(400, "invalid_request");
    answerTo(good().body("grant_type=client_credentials&" + malformed + "=x")).isRefused(400, "invalid_request");
  }

  @Test
  void shouldRefuseRawBytesThatAreNotUtf8() {
    byte[] latin1 = "grant_type=client_credentials&x=\u00fc".getBytes(StandardCharsets.ISO_8859_1);
    byte[] withNul = "grant_type=client_credentials&x=\0".getBytes(StandardCharsets.US_ASCII);

    answerTo(good().body(latin1)).isRefused(400, "invalid_request");
    answerTo(good().body(withNul)).isRefused(400, "invalid_request");
  }

  @Test
  void shouldReadEncodedNamesAndValues() {
    answerTo(good().body("%67rant_type=%63lient%5Fcredentials&scope=orders%2Eread+billing%2eread")).isGranted();
  }

  @Test
  void shouldRefuseAJsonBodyUnderTheContentTypeOfAForm() {
    answerTo(good().body("{\"grant_type\":\"client_credentials\"}")).isRefused(400, "invalid_request");
  }

  // Grant types

  @Test
  void shouldRefuseARequestWithoutGrantType() {
    RawAnswer answer = answerTo(good().body("scope=orders.read")).isRefused(400, "invalid_request");

    assertThat(answer.text("error_description")).contains("grant_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Password", "implicit", "Client_Credentials", "client_credentials ",
      "client_credentials,password", "urn:ietf:params:oauth:grant-type:saml2-bearer", "\u00fc", "\"\\"})
  void shouldRefuseAnUnknownGrantType(String grantType) {
    answerTo(RawRequest.token("grant_type", grantType).basic(service)).isRefused(400, "unsupported_grant_type");
  }

  @ParameterizedTest
  @CsvSource({"authorization_code,web,code", "refresh_token,web,refresh_token",
      "urn:ietf:params:oauth:grant-type:device_code,secret-tv,device_code",
      "urn:openid:params:grant-type:ciba,bank,auth_req_id", "password,till,username",
      "urn:ietf:params:oauth:grant-type:token-exchange,gateway,subject_token"})
  void shouldRefuseAGrantWithoutItsParameter(String grantType, String client, String parameter) {
    RawAnswer answer = answerTo(RawRequest.token("grant_type", grantType)
        .basic(system.registry().client(client))).isRefused(400, "invalid_request");

    assertThat(answer.text("error_description")).contains(parameter);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a\\b", "a\tb", "a\u0001b", "\u00fc"})
  void shouldRefuseAScopeOfOtherCharactersThanScopesHave(String scope) {
    answerTo(RawRequest.token("grant_type", "client_credentials", "scope", scope).basic(service))
        .isRefused(400, "invalid_scope");
  }

  @Test
  void shouldRefuseAScopeLongerThanAnyClientSends() {
    answerTo(RawRequest.token("grant_type", "client_credentials", "scope", "orders.read ".repeat(1_000)).basic(service))
        .isRefused(400, "invalid_scope");
  }

  // Connections

  static Stream<RawRequest> refusedRequests() {
    RawRequest request = RawRequest.clientCredentials();
    return Stream.of(
        RawRequest.of("GET", "/connect/token"),
        request.method("PUT"),
        request.at("/unknown"),
        request.without("Content-Type"),
        request.body(""),
        request.body("%"),
        request.body("a".repeat(BODY_BYTES_MAX + 1)),
        request,
        request.basic("service", "wrong"),
        request.header("Authorization", "Basic !"),
        request.header("Authorization", "Bearer x"),
        request.and("scope", "twice"),
        RawRequest.token("grant_type", "password", "client_id", "service"),
        RawRequest.token("grant_type", "refresh_token", "client_id", "spa", "refresh_token", "x"));
  }

  @ParameterizedTest
  @MethodSource("refusedRequests")
  void shouldKeepTheConnectionAfterARefusal(RawRequest refused) {
    try (RawConnection connection = RawConnection.to(system.edge())) {
      // When
      RawAnswer answer = connection.exchange(refused).isProperError();

      // Then
      assertThat(answer.status()).isBetween(400, 499);
      connection.exchange(good()).isGranted();
    }
  }

  @Test
  void shouldAnswerRequestsThatFollowEachOtherWithoutWaitingInTheirOrder() {
    try (RawConnection connection = RawConnection.to(system.edge())) {
      connection.send(good().bytes()).send(RawRequest.of("GET", "/unknown").bytes())
          .send(good().body("%").bytes()).send(good().bytes());

      connection.read(false).orElseThrow().isGranted();
      connection.read(false).orElseThrow().isRefused(404, "invalid_request");
      connection.read(false).orElseThrow().isRefused(400, "invalid_request");
      connection.read(false).orElseThrow().isGranted();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST\r\n\r\n", "POST /connect/token\r\n\r\n",
      "POST /connect/token HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "POST /connect/token HTTP/1.1\r\nContent-Length: x\r\n\r\n",
      "POST /connect/token HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      "POST /connect/token HTTP/1.1\r\nnot a header\r\n\r\n"})
  void shouldRefuseWhatIsNotHttpAndEndTheConnection(String text) {
    try (RawConnection connection = RawConnection.to(system.edge())) {
      connection.send(text.getBytes(StandardCharsets.ISO_8859_1));

      connection.read(false).orElseThrow().isRefused(400, "invalid_request");
      assertThat(connection.ends()).isTrue();
    }
  }

  // The HTTP server itself answers: there is no form of an answer that both sides know.
  @ParameterizedTest
  @ValueSource(strings = {"POST /connect/token HTTP/2.0\r\n\r\n", "POST /connect/token HTTP/9.9\r\n\r\n",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"})
  void shouldNotSpeakAnotherVersionOfHttp(String text) {
    try (RawConnection connection = RawConnection.to(system.edge())) {
      connection.send(text.getBytes(StandardCharsets.US_ASCII));

      assertThat(connection.read(false).orElseThrow().status()).isEqualTo(501);
      assertThat(connection.ends()).isTrue();
    }
  }

  @Test
  void shouldRefuseALineOrAHeadThatIsTooLong() {
    answerTo(good().at("/connect/token?" + "q".repeat(100_000))).isRefused(400, "invalid_request");
    answerTo(good().header("X-Long", "x".repeat(100_000))).isRefused(400, "invalid_request");
  }

  @Test
  void shouldNotHoldUpOthersForARequestThatDoesNotEnd() {
    try (RawConnection waiting = RawConnection.to(system.edge())) {
      waiting.send("POST /connect/token HTTP/1.1\r\nHost: x\r\nContent-Le".getBytes(StandardCharsets.US_ASCII));

      answerTo(good()).isGranted();
    }
  }

  private RawRequest good() {
    return RawRequest.clientCredentials().basic(service);
  }

  private RawRequest filledTo(int bytes) {
    RawRequest request = good().and("filler", "x");
    String form = new String(request.body(), StandardCharsets.US_ASCII);
    return request.body(form + "x".repeat(bytes - form.length()));
  }

  private RawAnswer answerTo(RawRequest request) {
    return RawConnection.exchange(system.edge(), request);
  }

  private RawAnswer exchange(byte[] request) {
    try (RawConnection connection = RawConnection.to(system.edge())) {
      return connection.exchange(request);
    }
  }
}
