package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.schema.AuthorizationRevoked;
import org.junit.jupiter.api.Test;

/** RFC 7009, over HTTP and through the log. */
class RevocationTest {
  private static final String WEB = "https://web.example/callback";
  private static final String SPA = "https://spa.example/callback";

  private final RunningSystem system = RunningSystem.shared();

  private Answer tokens(TokenClient client, String id, String redirectUri) {
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code(id, redirectUri, pkce);
    Answer answer = client.redeem(code, pkce.verifier(), redirectUri);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  private Answer tokens() {
    return tokens(system.client("web"), "web", WEB);
  }

  @Test
  void shouldEndTheWholeAuthorizationByItsRefreshToken() {
    Answer first = tokens();
    Answer second = system.client("web").refresh(first.refreshToken());

    Answer revoked = system.client("web").revoke(first.refreshToken());

    assertThat(revoked.status()).as(revoked.toString()).isEqualTo(200);
    assertThat(revoked.http().body()).isEmpty();
    assertThat(system.client("web").refresh(second.refreshToken()).error()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldEndTheWholeAuthorizationByItsAccessToken() throws Exception {
    Answer tokens = tokens();
    String jti = system.relyingParty().verified(tokens.accessToken()).getJWTID();

    assertThat(system.client("web").revoke(tokens.accessToken(), "token_type_hint", "access_token").status())
        .isEqualTo(200);

    assertThat(system.client("web").refresh(tokens.refreshToken()).error()).isEqualTo("invalid_grant");
    assertThat(new Log(system).events(AuthorizationRevoked.class)).as("the record is there")
        .anySatisfy(event -> assertThat(jti).startsWith(event.getHeader().getAuthorizationId() + "."));
  }

  @Test
  void shouldAnswerTheSameAgain() {
    Answer tokens = tokens();

    assertThat(system.client("web").revoke(tokens.refreshToken()).status()).isEqualTo(200);
    assertThat(system.client("web").revoke(tokens.refreshToken()).status()).isEqualTo(200);
    assertThat(system.client("web").revoke("unknown").status()).isEqualTo(200);
  }

  @Test
  void shouldLeaveTokensOfAnotherClientAlone() {
    Answer tokens = tokens();

    assertThat(system.client("other-web").revoke(tokens.refreshToken()).status()).isEqualTo(200);
    assertThat(system.client("other-web").revoke(tokens.accessToken()).status()).isEqualTo(200);

    assertThat(system.client("web").refresh(tokens.refreshToken()).status()).isEqualTo(200);
  }

  @Test
  void shouldNotEndAnythingByAnIdToken() {
    Answer tokens = tokens();

    assertThat(system.client("web").revoke(tokens.text("id_token")).status()).isEqualTo(200);

    assertThat(system.client("web").refresh(tokens.refreshToken()).status()).isEqualTo(200);
  }

  @Test
  void shouldServePublicClients() {
    Answer tokens = tokens(system.publicClient("spa"), "spa", SPA);

    assertThat(system.publicClient("spa").revoke(tokens.refreshToken()).status()).isEqualTo(200);

    assertThat(system.publicClient("spa").refresh(tokens.refreshToken()).error()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldSayThatATokenWithoutAuthorizationCannotBeRevoked() {
    String token = system.client("service").clientCredentials().accessToken();

    assertThat(system.client("service").revoke(token).error()).isEqualTo("unsupported_token_type");
    assertThat(system.client("service").revoke(" ").error()).isEqualTo("invalid_request");
  }
}
