package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** RFC 6749 §6 with the rotation of RFC 9700 §4.14. */
class RefreshTokenGrantTest {
  private static final String WEB = "https://web.example/callback";
  private static final String BRIEF = "https://brief.example/callback";
  private static final String KEEPER = "https://keeper.example/callback";

  private final RunningSystem system = RunningSystem.shared();

  private Answer tokens(String client, String redirectUri) {
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code(client, redirectUri, pkce);
    Answer answer = system.client(client).redeem(code, pkce.verifier(), redirectUri);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  @Test
  void shouldRotate() throws Exception {
    Answer first = tokens("web", WEB);

    Answer second = system.client("web").refresh(first.refreshToken());

    assertThat(second.status()).as(second.toString()).isEqualTo(200);
    assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
    assertThat(system.relyingParty().verified(second.accessToken()).getJWTID())
        .isNotEqualTo(system.relyingParty().verified(first.accessToken()).getJWTID());
    assertThat(system.relyingParty().verified(second.text("id_token")).getStringClaim("nonce"))
        .isEqualTo("n-0S6_WzA2Mj");
  }

  @Test
  void shouldGiveNoIdTokenWhereOpenidIsNotAmongTheScopes() {
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("web", WEB, pkce, "scope", "offline_access orders.read");
    Answer first = system.client("web").redeem(code, pkce.verifier(), WEB);

    Answer second = system.client("web").refresh(first.refreshToken());

    assertThat(second.status()).as(second.toString()).isEqualTo(200);
    assertThat(second.has("id_token")).isFalse();
    assertThat(system.client("web").refresh(tokens("web", WEB).refreshToken()).has("id_token")).isTrue();
  }

  @Test
  void shouldAnswerARetryWithinTheGraceWindowWithTheSameSuccessor() {
    Answer first = tokens("web", WEB);

    Answer second = system.client("web").refresh(first.refreshToken());
    Answer retried = system.client("web").refresh(first.refreshToken());

    assertThat(retried.status()).isEqualTo(200);
    assertThat(retried.refreshToken()).isEqualTo(second.refreshToken());
  }

  @Test
  void shouldGiveConcurrentRetriesOneSuccessor() {
    Answer first = tokens("web", WEB);

    List<CompletableFuture<Answer>> retries = IntStream.range(0, 20)
        .mapToObj(i -> system.client("web").refreshAsync(first.refreshToken())).toList();
    List<String> successors = retries.stream().map(TokenClient::join).map(Answer::refreshToken).distinct().toList();

    assertThat(successors).hasSize(1);
  }

  @Test
  void shouldRefuseWithinTheWindowWithoutRevokingWhereTheSuccessorWasUsed() {
    Answer first = tokens("web", WEB);
    Answer second = system.client("web").refresh(first.refreshToken());
    Answer third = system.client("web").refresh(second.refreshToken());

    assertThat(system.client("web").refresh(first.refreshToken()).error()).isEqualTo("invalid_grant");
    assertThat(system.client("web").refresh(third.refreshToken()).status()).isEqualTo(200);
  }

  @Test
  void shouldRevokeTheFamilyOnReuseAfterTheWindow() {
    // Given a client without a grace window
    Answer first = tokens("brief", BRIEF);
    Answer second = system.client("brief").refresh(first.refreshToken());
    assertThat(second.status()).as(second.toString()).isEqualTo(200);

    // When
    Answer reuse = system.client("brief").refresh(first.refreshToken());

    // Then
    assertThat(reuse.error()).isEqualTo("invalid_grant");
    assertThat(system.client("brief").refresh(second.refreshToken()).error()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldGiveAClientThatReusesItsHandleTheSameAgain() throws Exception {
    Answer first = tokens("keeper", KEEPER);

    Answer second = system.client("keeper").refresh(first.refreshToken(), "scope", "orders.read");
    Answer third = system.client("keeper").refresh(first.refreshToken());

    assertThat(second.status()).as(second.toString()).isEqualTo(200);
    assertThat(second.refreshToken()).isEqualTo(first.refreshToken());
    assertThat(third.refreshToken()).isEqualTo(first.refreshToken());
    assertThat(third.text("scope")).isEqualTo(first.text("scope"));
    assertThat(system.relyingParty().verified(third.accessToken()).getJWTID())
        .isNotEqualTo(system.relyingParty().verified(second.accessToken()).getJWTID());
  }

  @Test
  void shouldRevokeAHandleThatIsReused() {
    Answer first = tokens("keeper", KEEPER);
    Answer second = system.client("keeper").refresh(first.refreshToken());
    assertThat(second.status()).as(second.toString()).isEqualTo(200);

    assertThat(system.client("keeper").revoke(second.refreshToken()).status()).isEqualTo(200);

    assertThat(system.client("keeper").refresh(first.refreshToken()).error()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldEndAReusedHandleWithItsAbsoluteLifetime() {
    Answer first = tokens("brief-keeper", KEEPER);

    Instant end = Instant.now().plusSeconds(20);
    Answer last = first;
    while (last.status() == 200 && Instant.now().isBefore(end)) {
      last = system.client("brief-keeper").refresh(first.refreshToken());
    }

    assertThat(last.error()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldNarrowTheScopeOfOneAccessTokenOnly() {
    Answer first = tokens("web", WEB);

    Answer narrow = system.client("web").refresh(first.refreshToken(), "scope", "orders.read");
    Answer full = system.client("web").refresh(narrow.refreshToken());

    assertThat(narrow.text("scope")).isEqualTo("orders.read");
    assertThat(full.text("scope")).isEqualTo(first.text("scope"));
  }

  @Test
  void shouldRefuseAWiderScope() {
    Answer first = tokens("web", WEB);

    Answer wider = system.client("web").refresh(first.refreshToken(), "scope", "orders.read billing.read");

    assertThat(wider.error()).isEqualTo("invalid_scope");
    assertThat(system.client("web").refresh(first.refreshToken()).status()).as("nothing was lost").isEqualTo(200);
  }

  @Test
  void shouldRefuseAnotherClientWithoutRevoking() {
    Answer first = tokens("web", WEB);

    assertThat(system.client("other-web").refresh(first.refreshToken()).error()).isEqualTo("invalid_grant");
    assertThat(system.client("web").refresh(first.refreshToken()).status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseAMissingOrUnreadableRefreshToken() {
    assertThat(system.client("web").token("refresh_token").error()).isEqualTo("invalid_request");
    assertThat(system.client("web").refresh("nonsense").error()).isEqualTo("invalid_grant");
    assertThat(system.client("web").refresh(" ").error()).as("blank is absent").isEqualTo("invalid_request");
  }
}
