package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.BackchannelRequests;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A place where a token that this issuer signed is shown to it again.
 *
 * @param good one that is taken there
 * @param shown shows one
 * @param refused what is answered to one that is none
 * @param taken what is answered to one that is good
 */
record TokenPlace(Supplier<String> good, Function<String, Answer> shown, BiConsumer<Answer, String> refused,
    Consumer<Answer> taken) {
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String TYPE = "urn:ietf:params:oauth:token-type:";
  private static final String REDIRECT = "https://planner.example/callback";

  String token() {
    return good.get();
  }

  void assertRefused(String hostile, String kind) {
    refused.accept(shown.apply(hostile), kind);
  }

  void assertTaken(String token) {
    taken.accept(shown.apply(token));
  }

  /** All there are, by name. */
  static Map<String, TokenPlace> all(RunningSystem system) {
    TokenClient planner = system.client("planner");
    TokenClient gateway = system.client("gateway");
    Supplier<String> access = () -> signedIn(system).accessToken();
    Map<String, TokenPlace> places = new LinkedHashMap<>();
    places.put("introspection", introspection(access, planner));
    places.put("userinfo", userInfo(access, system));
    places.put("subject_token", exchange(access, token -> gateway.token(EXCHANGE, "subject_token", token,
        "subject_token_type", TYPE + "access_token")));
    places.put("subject_token that is an ID token", exchange(() -> signedIn(system).text("id_token"),
        token -> gateway.token(EXCHANGE, "subject_token", token, "subject_token_type", TYPE + "id_token")));
    places.put("assertion on behalf of its user", refusing("invalid_grant", access,
        token -> system.client("orders-backend").token("urn:ietf:params:oauth:grant-type:jwt-bearer",
            "requested_token_use", "on_behalf_of", "assertion", token)));
    String subject = access.get();
    places.put("actor_token", exchange(() -> gateway.clientCredentials("scope", "orders.read").accessToken(),
        token -> gateway.token(EXCHANGE, "subject_token", subject, "subject_token_type", TYPE + "access_token",
            "actor_token", token, "actor_token_type", TYPE + "access_token")));
    places.put("id_token_hint", exchange(() -> bankIdToken(system),
        token -> system.client("bank").backchannel("scope", "openid", "id_token_hint", token)));
    places.put("login API", new TokenPlace(() -> system.client("login").clientCredentials().accessToken(),
        token -> TokenClient.answerTo(bearer(system.loginApi() + "/login/authorizations", token).POST(
            BodyPublishers.ofString("{\"client_id\":\"planner\",\"subject\":\"s\",\"code_challenge_method\":\"S256\",\"code_challenge\":\""
                + Pkce.random().challenge() + "\"}"))),
        // Where it is longer than the head of a request may be, the server says so before it is looked at.
        (answer, kind) -> assertThat(answer.status()).as(kind + ": " + answer).isIn(400, 401), TokenPlace::assertOk));
    places.put("revocation", revocation(access, planner));
    return places;
  }

  /** The places of access tokens that are handles, by name. */
  static Map<String, TokenPlace> ofReferences(RunningSystem system) {
    TokenClient opaque = system.client("opaque");
    TokenClient gateway = system.client("gateway");
    Supplier<String> access = () -> reference(system);
    Map<String, TokenPlace> places = new LinkedHashMap<>();
    places.put("introspection", introspection(access, opaque));
    places.put("userinfo", userInfo(access, system));
    places.put("subject_token", exchange(access, token -> gateway.token(EXCHANGE, "subject_token", token,
        "subject_token_type", TYPE + "access_token")));
    places.put("revocation", revocation(access, opaque));
    return places;
  }

  /** An access token that is a handle, of the client opaque. */
  static String reference(RunningSystem system) {
    Pkce pkce = Pkce.random();
    String redirect = "https://opaque.example/callback";
    String code = system.loginApplication().code("opaque", redirect, pkce, "scope", "openid orders.read");
    return system.client("opaque").redeem(code, pkce.verifier(), redirect).accessToken();
  }

  private static TokenPlace introspection(Supplier<String> access, TokenClient client) {
    return new TokenPlace(access, client::introspect,
        (answer, kind) -> assertThat(answer.http().body()).as(kind).isEqualTo("{\"active\":false}"),
        answer -> assertThat(answer.json().get("active").asBoolean()).isTrue());
  }

  private static TokenPlace userInfo(Supplier<String> access, RunningSystem system) {
    return new TokenPlace(access,
        token -> TokenClient.answerTo(HttpRequest.newBuilder(URI.create(system.edge() + "/connect/userinfo"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(TokenClient.form(Map.of("access_token", token))))),
        (answer, kind) -> assertError(answer, 401, "invalid_token", kind), TokenPlace::assertOk);
  }

  // RFC 7009 §2.2: an invalid token is answered as one that was revoked. What tells is that nothing was.
  private static TokenPlace revocation(Supplier<String> access, TokenClient planner) {
    String[] kept = new String[1];
    return new TokenPlace(() -> kept[0] = access.get(), planner::revoke, (answer, kind) -> {
      assertThat(answer.status()).as(kind).isIn(200, 400);
      assertThat(planner.introspect(kept[0]).json().get("active").asBoolean()).as(kind).isTrue();
    }, answer -> assertThat(planner.introspect(kept[0]).json().get("active").asBoolean()).isFalse());
  }

  private static TokenPlace exchange(Supplier<String> good, Function<String, Answer> shown) {
    return refusing("invalid_request", good, shown);
  }

  private static TokenPlace refusing(String error, Supplier<String> good, Function<String, Answer> shown) {
    return new TokenPlace(good, shown, (answer, kind) -> assertError(answer, 400, error, kind), TokenPlace::assertOk);
  }

  private static Answer signedIn(RunningSystem system) {
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("planner", REDIRECT, pkce, "scope", "openid orders.read");
    return system.client("planner").redeem(code, pkce.verifier(), REDIRECT);
  }

  private static String bankIdToken(RunningSystem system) {
    Answer asked = system.client("bank").backchannel("scope", "openid", "login_hint", "ada");
    system.loginApplication().approveBackchannel(BackchannelRequests.id(system, asked), Map.of("subject", "s-ada"));
    return system.client("bank").pollBackchannel(asked.text("auth_req_id")).text("id_token");
  }

  private static void assertOk(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
  }

  private static void assertError(Answer answer, int status, String error, String kind) {
    assertThat(answer.status()).as(kind + ": " + answer).isEqualTo(status);
    assertThat(answer.error()).as(kind).isEqualTo(error);
  }

  private static HttpRequest.Builder bearer(String uri, String token) {
    return HttpRequest.newBuilder(URI.create(uri)).header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }
}
