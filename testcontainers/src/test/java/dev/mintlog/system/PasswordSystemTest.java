package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.schema.RequestPasswordToken;
import dev.mintlog.schema.Topics;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** RFC 6749 §4.3 as a client and a relying party see it. */
class PasswordSystemTest {
  private static final String ALICE = "248289761001";

  private final RunningSystem system = RunningSystem.shared();
  private final String password = system.registry().password("alice");

  private Answer ask(String... more) {
    return system.client("till").token("password", Stream.concat(
        Stream.of("username", "alice", "password", password), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void shouldGrantAllThatTheClientMayHave() throws Exception {
    Instant before = Instant.now().minusSeconds(1);

    Answer answer = ask();

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.text("scope")).isEqualTo("offline_access openid orders.read orders.write profile");
    JWTClaimsSet claims = system.relyingParty().verified(answer.accessToken());
    assertThat(claims.getSubject()).isEqualTo(ALICE);
    assertThat(claims.getStringClaim("client_id")).isEqualTo("till");
    assertThat(claims.getAudience()).containsExactly("https://orders.example");
    assertThat(claims.getStringListClaim("amr")).containsExactly("pwd");
    assertThat(claims.getStringClaim("idp")).isEqualTo("local");
    assertThat(claims.getDateClaim("auth_time").toInstant()).isBetween(before, Instant.now());
    JWTClaimsSet idToken = system.relyingParty().verified(answer.text("id_token"));
    assertThat(idToken.getSubject()).isEqualTo(ALICE);
    assertThat(idToken.getAudience()).containsExactly("till");
    assertThat(answer.has("refresh_token")).as("offline_access is among them").isTrue();
  }

  @Test
  void shouldRefreshWhatAPasswordGave() throws Exception {
    Answer first = ask("scope", "openid offline_access orders.read");

    Answer second = system.client("till").refresh(first.refreshToken());

    assertThat(second.status()).as(second.toString()).isEqualTo(200);
    assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
    JWTClaimsSet claims = system.relyingParty().verified(second.accessToken());
    assertThat(claims.getSubject()).isEqualTo(ALICE);
    assertThat(claims.getStringListClaim("amr")).containsExactly("pwd");
    assertThat(claims.getStringClaim("idp")).isEqualTo("local");
  }

  @Test
  void shouldGiveNeitherIdTokenNorRefreshTokenWhereNoneIsAsked() {
    Answer answer = ask("scope", "orders.read");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.has("refresh_token")).isFalse();
    assertThat(answer.has("id_token")).isFalse();
  }

  @Test
  void shouldServeAPublicClientThatIsAllowedIt() throws Exception {
    Answer answer =
        system.publicClient("public-till").token("password", "username", "alice", "password", password);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(system.relyingParty().verified(answer.accessToken()).getStringClaim("client_id"))
        .isEqualTo("public-till");
  }

  @Test
  void shouldNameTheClassThatWasAskedForAndMet() throws Exception {
    Answer answer = ask("acr_values", "urn:better idp:local tenant:default urn:mintlog:acr:password");

    assertThat(system.relyingParty().verified(answer.accessToken()).getStringClaim("acr"))
        .isEqualTo("urn:mintlog:acr:password");
    assertThat(system.relyingParty().verified(ask("acr_values", "urn:better").accessToken()).getClaims())
        .doesNotContainKey("acr");
    assertThat(ask("acr_values", "tenant:elsewhere").error()).isEqualTo("invalid_request");
  }

  /** Nobody learns from the answer who exists, who is disabled, and who has no password. */
  @Test
  void shouldRefuseAlikeWhateverIsWrong() {
    List<Answer> answers = List.of(
        system.client("till").token("password", "username", "alice", "password", "wrong"),
        system.client("till").token("password", "username", "alice"),
        system.client("till").token("password", "username", "nobody", "password", password),
        system.client("till").token("password", "username", "carol", "password", password),
        system.client("till").token("password", "username", "bob", "password", system.registry().password("bob")));

    assertThat(answers).allSatisfy(answer -> {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.http().body()).isEqualTo(answers.get(0).http().body());
      assertThat(answer.error()).isEqualTo("invalid_grant");
    });
  }

  /** Counted by name, whether there is such a user or not. */
  @Test
  void shouldNotLookAtPasswordsAfterTooManyWrongOnes() {
    List<Answer> wrong = IntStream.range(0, 6).mapToObj(i ->
        system.publicClient("public-till").token("password", "username", "guessed", "password", "wrong" + i)).toList();
    Answer next = system.publicClient("public-till").token("password", "username", "guessed", "password", "wrong");

    assertThat(wrong).allSatisfy(answer -> assertThat(answer.error()).isEqualTo("invalid_grant"));
    assertThat(next.status()).isEqualTo(429);
    assertThat(next.http().headers().firstValue("Retry-After")).isPresent();
    assertThat(ask().status()).as("nobody else is delayed").isEqualTo(200);
  }

  @Test
  void shouldRefuseAMissingUsername() {
    Answer answer = system.client("till").token("password", "password", password);

    assertThat(answer.error()).isEqualTo("invalid_request");
    assertThat(answer.text("error_description")).contains("username");
  }

  @Test
  void shouldRefuseLongerUsernamesAndPasswordsThanThereAre() {
    assertThat(system.client("till").token("password", "username", "a".repeat(101), "password", "p").error())
        .isEqualTo("invalid_grant");
    assertThat(system.client("till").token("password", "username", "alice", "password", "p".repeat(101)).error())
        .isEqualTo("invalid_grant");
  }

  @Test
  void shouldAskTheProviderThatIsNamed() {
    assertThat(ask("acr_values", "idp:local").status()).isEqualTo(200);
    assertThat(ask("acr_values", "idp:elsewhere").error()).isEqualTo("invalid_request");
  }

  /** Of an htpasswd file, through Vert.x Auth; the first provider that knows a password says who it is. */
  @Test
  void shouldKnowUsersOfAnotherProvider() throws Exception {
    Answer answer = system.client("till").token("password", "username", "erin", "password", "correct horse");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    JWTClaimsSet claims = system.relyingParty().verified(answer.accessToken());
    assertThat(claims.getStringClaim("idp")).isEqualTo("staff");
    assertThat(claims.getSubject()).matches("[A-Za-z0-9_-]{22}").doesNotContain("erin");
    Answer again = system.client("till")
        .token("password", "username", "erin", "password", "correct horse", "acr_values", "idp:staff");
    assertThat(system.relyingParty().verified(again.accessToken()).getSubject()).isEqualTo(claims.getSubject());
    assertThat(system.client("till")
        .token("password", "username", "erin", "password", "correct horse", "acr_values", "idp:local").error())
        .isEqualTo("invalid_grant");
    assertThat(ask("acr_values", "idp:staff").error()).as("a user of the registry").isEqualTo("invalid_grant");
    assertThat(system.client("till").token("password", "username", "erin", "password", "wrong").error())
        .isEqualTo("invalid_grant");
  }

  @Test
  void shouldGiveAnApiResourceTheClaimsOfUsersItWants() throws Exception {
    Answer answer = system.publicClient("planner-till").token("password", "username", "alice", "password", password);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    JWTClaimsSet claims = system.relyingParty().verified(answer.accessToken());
    assertThat(claims.getStringClaim("email")).as("of the registry").isEqualTo("alice@example.org");
    assertThat(claims.getStringClaim("tier")).as("of a claims provider").isEqualTo("gold for planner-till");
    assertThat(claims.getClaim("salary")).as("wanted by nobody").isNull();
    assertThat(system.relyingParty().verified(ask("scope", "orders.read").accessToken()).getClaim("email"))
        .as("of an API resource that wants nothing").isNull();
  }

  @Test
  void shouldRefuseWhatTheClientMayNotHave() {
    assertThat(system.client("web").token("password", "username", "alice", "password", password).error())
        .isEqualTo("unauthorized_client");
    assertThat(ask("scope", "billing.read").error()).isEqualTo("invalid_scope");
    assertThat(ask("scope", "orders.read nonsense").error()).isEqualTo("invalid_scope");
  }

  @Test
  void shouldKeepUsernameAndPasswordOutOfTheLog() throws Exception {
    ask();

    String commands = String.join("\n", new Log(system).records(Topics.COMMANDS).stream()
        .map(record -> new String(record.value(), java.nio.charset.StandardCharsets.ISO_8859_1)).toList());
    assertThat(commands).contains(ALICE).doesNotContain(password);
    assertThat(RequestPasswordToken.getClassSchema().getFields()).noneMatch(field ->
        field.name().toLowerCase(java.util.Locale.ROOT).contains("password")
            || field.name().toLowerCase(java.util.Locale.ROOT).contains("username"));
  }
}
