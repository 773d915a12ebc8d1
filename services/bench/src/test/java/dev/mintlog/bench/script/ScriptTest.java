package dev.mintlog.bench.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.bench.grant.LoadedClient;
import dev.mintlog.bench.grant.Pkce;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

  private static final Target TARGET = Target.of(URI.create("http://127.0.0.1:8080/connect/token"));

  @Test
  void shouldCaptureAStringOfAnAnswer() {
    assertThat(captured("{\"code\":\"abc\"}")).contains("abc");
    assertThat(captured("{ \"x\" : 1,\r\n\t\"code\" : \"a.b-c_d~/+=\" }")).contains("a.b-c_d~/+=");
  }

  @Test
  void shouldNotTakeAValueForAMembersName() {
    assertThat(captured("{\"response_type\":\"code\",\"code\":\"abc\"}")).contains("abc");
    assertThat(captured("{\"response_type\":\"code\"}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "\"code\"", "{\"code\"", "{\"code\":", "{\"code\":\"", "{\"code\":\"abc", "{\"code\":\"\"}",
      "{\"code\":null}", "{\"code\":12}", "{\"code\":[\"a\"]}", "{\"code\":\"a\\\"b\"}", "{\"code\":\"a b\"}",
      "{\"code\":\"a\r\nX: b\"}", "{\"code\":\"ä\"}", "{\"Code\":\"abc\"}"})
  void shouldCaptureNothingThatCouldNotStandInTheNextRequest(String body) {
    assertThat(captured(body)).isEmpty();
  }

  @Test
  void shouldCaptureUpToTheBoundAndNothingLonger() {
    assertThat(captured("{\"code\":\"" + "a".repeat(Capture.MAX_CHARS) + "\"}")).isPresent();
    assertThat(captured("{\"code\":\"" + "a".repeat(Capture.MAX_CHARS + 1) + "\"}")).isEmpty();
  }

  @Test
  void shouldEncodeACapturedValueForTheFormItStandsIn() {
    Values values = new Values();
    values.put("code", "a+b/c=&d");
    Request request = RequestTemplate.form(TARGET, Text.plain().literal("/t"), Map.of("X", Text.plain().literal("y")),
        FormFields.ofGrant("a:b").withValue("code").texts());

    assertThat(sent(request, values)).isEqualTo("POST /t HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n"
        + "Content-Type: application/x-www-form-urlencoded\r\nX: y\r\nContent-Length: 38\r\n\r\n"
        + "grant_type=a%3Ab&code=a%2Bb%2Fc%3D%26d");
  }

  @Test
  void shouldEncodeALiteralForTheJsonItStandsIn() {
    Request request = RequestTemplate.json(TARGET, Text.plain().literal("/t"), Map.of(),
        Map.of("client_id", Text.encodedBy(RequestTemplate::jsonEncoded).literal("a\"b\\")));

    assertThat(sent(request, new Values())).endsWith("\r\n\r\n{\"client_id\":\"a\\\"b\\\\\"}");
  }

  @Test
  void shouldFillInUniqueDigitsForEachRequest() {
    var form = new java.util.LinkedHashMap<String, Text>();
    form.put("x", FormFields.encodedText().withUnique("a {unique}", new UniqueDigits()));
    Request.Outgoing outgoing = RequestTemplate.form(TARGET, Text.plain().literal("/t"), Map.of(), form).newOutgoing();

    String first = text(outgoing, new Values());
    String second = text(outgoing, new Values());

    assertThat(List.of(first, second)).allMatch(request -> request.matches("(?s).*\r\n\r\nx=a\\+[0-9a-f]{16}"))
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldMakeAVerifierAndItsChallengeAnewEachTime() throws Exception {

    Values values = new Values();
    Pkce pkce = new Pkce();
    pkce.makeFor(values);
    String first = values.get(Pkce.VERIFIER);
    pkce.makeFor(values);

    byte[] digest = java.security.MessageDigest.getInstance("SHA-256")
        .digest(values.get(Pkce.VERIFIER).getBytes(StandardCharsets.US_ASCII));
    assertThat(values.get(Pkce.VERIFIER)).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(first);
    assertThat(values.get(Pkce.CHALLENGE))
        .isEqualTo(java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
  }

  @Test
  void shouldRefuseAScriptWithoutOneTokenInEachRound() {
    Step token = Step.token(TARGET, PreparedRequest.form(TARGET, Map.of(), Map.of()));
    assertThatThrownBy(() -> new Script(List.of(), List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Script(List.of(token), List.of(token))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Script(List.of(), List.of(token, token))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldPrintNoValue() {
    Values values = new Values();
    values.put("refresh_token", "s3cret");
    Text text = Text.plain().literal("s3cret");

    assertThat(values.toString()).contains("refresh_token").doesNotContain("s3cret");
    assertThat(text.toString()).doesNotContain("s3cret");
    assertThat(new LoadedClient("id", TARGET, Map.of("Authorization", "s3cret"), Map.of()).toString())
        .doesNotContain("s3cret");
    assertThatThrownBy(() -> values.get("code")).hasMessageContaining("code").hasMessageNotContaining("s3cret");
  }

  private static Optional<String> captured(String body) {
    byte[] bytes = ("x".repeat(5) + body + "\"code\":\"beyond\"").getBytes(StandardCharsets.UTF_8);
    return Capture.of("code").find(bytes, 5, 5 + body.getBytes(StandardCharsets.UTF_8).length);
  }

  private static String sent(Request request, Values values) {
    return text(request.newOutgoing(), values);
  }

  private static String text(Request.Outgoing outgoing, Values values) {
    return StandardCharsets.UTF_8.decode(outgoing.next(values)).toString();
  }
}
