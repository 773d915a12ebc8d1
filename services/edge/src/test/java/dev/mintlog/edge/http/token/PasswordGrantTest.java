package dev.mintlog.edge.http.token;

import static dev.mintlog.edge.http.ServedEdge.basic;
import static dev.mintlog.edge.http.ServedEdge.form;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.http.InMemoryCommandLog;
import dev.mintlog.edge.http.ServedEdge;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.schema.RequestPasswordToken;
import dev.mintlog.schema.TokenDenied;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 §4.3 at the edge; the test plays the processor. */
class PasswordGrantTest {
  private static final String TOKEN = "/connect/token";

  @AutoClose
  private final ServedEdge edge = new ServedEdge();

  private CompletableFuture<HttpResponse<String>> ask(String... more) {
    List<String> fields = new ArrayList<>(List.of("grant_type", "password"));
    fields.addAll(Arrays.asList(more));
    return edge.postForm(TOKEN, form(fields.toArray(String[]::new)), basic("till", TestRegistry.SECRET));
  }

  private static JsonObject json(CompletableFuture<HttpResponse<String>> response) throws Exception {
    return new JsonObject(response.get(10, TimeUnit.SECONDS).body());
  }

  private List<TokenDenied> denied() {
    edge.denials.flush();
    return edge.denied;
  }

  @Test
  void shouldSendWhoSignedInAndNeitherUsernameNorPassword() throws Exception {
    CompletableFuture<HttpResponse<String>> response =
        ask("username", "alice", "password", TestRegistry.PASSWORD, "scope", "openid");

    InMemoryCommandLog.Appended command = edge.log.next();

    RequestPasswordToken sent = command.as(RequestPasswordToken.class);
    assertThat(sent.getSubject()).isEqualTo("sub-alice");
    assertThat(sent.getAmr()).containsExactly("pwd");
    assertThat(sent.getIdp()).isEqualTo("local");
    assertThat(sent.getAcr()).as("none was asked for").isNull();
    assertThat(sent.getScope()).isEqualTo("openid");
    assertThat(sent.getAuthTime()).isEqualTo(sent.getHeader().getRequestedAt());
    assertThat(command.key()).isEqualTo("default/" + sent.getAuthorizationId());
    assertThat(sent.toString()).doesNotContain(TestRegistry.PASSWORD).doesNotContain("\"alice\"");

    edge.answer(command, new Reply.Granted("a.b.c", Optional.empty(), 3600, "openid", OptionalInt.empty()));
    assertThat(json(response).getString("access_token")).isEqualTo("a.b.c");
  }

  @Test
  void shouldWriteTheRefreshHandleOfTheAuthorizationThatWasBorn() throws Exception {
    CompletableFuture<HttpResponse<String>> response = ask("username", "alice", "password", TestRegistry.PASSWORD);
    InMemoryCommandLog.Appended command = edge.answerNext(
        new Reply.Granted("a.b.c", Optional.of("i.d.t"), 3600, "offline_access openid", OptionalInt.of(1)));

    String handle = json(response).getString("refresh_token");

    String born = command.as(RequestPasswordToken.class).getAuthorizationId();
    String found = edge.handles.read("default", HandleKind.REFRESH_TOKEN, handle)
        .match(valid -> valid.id().value(), invalid -> invalid.why(), () -> "unknown key");
    assertThat(found).isEqualTo(born);
    assertThat(command.as(RequestPasswordToken.class).getScope()).as("all that is allowed").isNull();
  }

  /** Wrong, unknown, disabled, without a password, too long: one answer, so that nobody learns who exists. */
  @ParameterizedTest
  @CsvSource({"alice,wrong", "alice,''", "nobody,correct horse battery staple", "bob,correct horse battery staple",
      "carol,correct horse battery staple", "ALICE,correct horse battery staple"})
  void shouldRefuseAlikeWhateverIsWrong(String username, String password) throws Exception {
    JsonObject answer = json(ask("username", username, "password", password));

    assertThat(answer).isEqualTo(new JsonObject().put("error", "invalid_grant").put("error_description",
        "expected the username and password of a user who may sign in, but found no match"));
    assertThat(edge.log.isEmpty()).isTrue();
  }

  @Test
  void shouldBoundUsernameAndPassword() throws Exception {
    String long101 = "x".repeat(101);

    assertThat(json(ask("username", long101, "password", "p")).getString("error")).isEqualTo("invalid_grant");
    assertThat(json(ask("username", "alice", "password", long101)).getString("error")).isEqualTo("invalid_grant");
    assertThat(json(ask("username", "x".repeat(100), "password", "x".repeat(100))).getString("error"))
        .as("looked up, and nobody's").isEqualTo("invalid_grant");
  }

  @Test
  void shouldRefuseAMissingUsernameAsARequestAndAMissingPasswordAsAnEmptyOne() throws Exception {
    assertThat(json(ask("password", TestRegistry.PASSWORD)).getString("error")).isEqualTo("invalid_request");
    assertThat(json(ask("username", " ", "password", "p")).getString("error")).isEqualTo("invalid_request");
    assertThat(json(ask("username", "alice")).getString("error")).isEqualTo("invalid_grant");
  }

  @Test
  void shouldAuditWhoWasTriedAsAKeyedDigest() throws Exception {
    json(ask("username", "alice", "password", "wrong"));
    json(ask("username", "alice", "password", "wronger"));
    json(ask("username", "nobody", "password", "wrong"));

    assertThat(denied()).hasSize(2).allSatisfy(event -> {
      assertThat(event.getGrantType()).isEqualTo("password");
      assertThat(event.getError()).isEqualTo("invalid_grant");
      assertThat(event.getHeader().getClientId()).isEqualTo("till");
      assertThat(event.getUsernameDigest()).matches("[A-Za-z0-9_-]{22}");
      assertThat(event.toString()).doesNotContain("alice").doesNotContain("nobody");
    });
    assertThat(denied().stream().map(TokenDenied::getCount)).containsExactly(2, 1);
    assertThat(denied().get(0).getUsernameDigest()).isNotEqualTo(denied().get(1).getUsernameDigest());
  }

  /** Whoever is not allowed the grant must not learn from it whether a password is right. */
  @ParameterizedTest
  @ValueSource(strings = {"correct horse battery staple", "wrong"})
  void shouldNotTellAClientThatIsNotAllowedItWhetherAPasswordIsRight(String password) throws Exception {
    HttpResponse<String> answer = edge.postFormNow(TOKEN,
        form("grant_type", "password", "username", "alice", "password", password),
        basic("app", TestRegistry.SECRET));

    assertThat(new JsonObject(answer.body()).getString("error")).isEqualTo("unauthorized_client");
    assertThat(edge.log.isEmpty()).isTrue();
  }

  /** Right or wrong, known or not: whoever guesses learns nothing more until the delay is over. */
  @ParameterizedTest
  @CsvSource({"alice", "nobody"})
  void shouldLookAtNoPasswordAfterTooManyWrongOnes(String username) throws Exception {
    for (int wrong = 0; wrong < 6; wrong++) {
      assertThat(json(ask("username", username, "password", "wrong")).getString("error")).isEqualTo("invalid_grant");
    }

    HttpResponse<String> answer =
        ask("username", username.toUpperCase(Locale.ROOT), "password", TestRegistry.PASSWORD).get(10, TimeUnit.SECONDS);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValueAsLong("Retry-After")).hasValue(1);
    assertThat(new JsonObject(answer.body()).getString("error")).isEqualTo("temporarily_unavailable");
    assertThat(denied()).anySatisfy(event -> {
      assertThat(event.getError()).isEqualTo("temporarily_unavailable");
      assertThat(event.getUsernameDigest()).isNotNull();
    });
    assertThat(edge.log.isEmpty()).isTrue();
  }

  @Test
  void shouldAnswer503AtOnceWhereAllThreadsAndPlacesForPasswordsAreTaken() throws Exception {
    // Given comparisons that last, and as many waiting as one client may have
    CountDownLatch release = new CountDownLatch(1);
    String share = TestRegistry.TENANT + "/till";
    assertThat(edge.passwordThreads.offer(share, () -> awaited(release), false, verdict -> { })).isTrue();

    // When
    HttpResponse<String> answer =
        ask("username", "alice", "password", TestRegistry.PASSWORD).get(10, TimeUnit.SECONDS);
    release.countDown();

    // Then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(denied()).as("nothing was judged").isEmpty();
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void shouldRefuseARepeatedPasswordWithoutRepeatingIt() throws Exception {
    JsonObject answer = json(ask("username", "alice", "password", "one", "password", "two"));

    assertThat(answer.getString("error")).isEqualTo("invalid_request");
    assertThat(answer.getString("error_description")).contains("password").doesNotContain("one,").doesNotContain("two");
  }

  @ParameterizedTest
  @CsvSource({"urn:acr:password,urn:acr:password", "urn:other urn:acr:password,urn:acr:password", "urn:other,",
      "tenant:default idp:local urn:acr:password,urn:acr:password", "tenant:default,", "idp:local,"})
  void shouldRecordTheFirstClassAskedForThatAPasswordSatisfies(String acrValues, String acr) throws Exception {
    ask("username", "alice", "password", TestRegistry.PASSWORD, "acr_values", acrValues);

    assertThat(edge.log.next().as(RequestPasswordToken.class).getAcr()).isEqualTo(acr);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant:other", "tenant:", "idp:elsewhere", "idp:", "tenant:default tenant:default",
      "idp:local idp:local", "idp:LOCAL"})
  void shouldRefuseAcrValuesThatNameAnotherTenantOrProvider(String acrValues) throws Exception {
    JsonObject answer = json(ask("username", "alice", "password", TestRegistry.PASSWORD, "acr_values", acrValues));

    assertThat(answer.getString("error")).isEqualTo("invalid_request");
    assertThat(edge.log.isEmpty()).isTrue();
  }

  @Test
  void shouldReadAcrValuesUpToTheirBound() throws Exception {
    String filler = " " + "x".repeat(299 - TestRegistry.ACR.length());
    ask("username", "alice", "password", TestRegistry.PASSWORD, "acr_values", TestRegistry.ACR + filler);
    assertThat(edge.log.next().as(RequestPasswordToken.class).getAcr()).isEqualTo(TestRegistry.ACR);

    JsonObject tooLong = json(ask("username", "alice", "password", TestRegistry.PASSWORD, "acr_values",
        TestRegistry.ACR + filler + "x"));
    assertThat(tooLong.getString("error")).isEqualTo("invalid_request");
    assertThat(tooLong.getString("error_description")).contains("300").contains("301");
  }
}
