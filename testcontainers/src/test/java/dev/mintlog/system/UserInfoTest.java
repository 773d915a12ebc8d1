package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** OpenID Connect Core §5.3 and RFC 6750, over HTTP. */
class UserInfoTest {
  private static final String PEOPLE = "https://people.example/callback";

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void shouldTellWhatIsRegisteredAndVouchedForByTheScopesOfTheToken() {
    Answer tokens = tokens(Map.of("subject", "paula", "scope", "openid profile email offline_access",
        "claims", Map.of("name", "Paula P.", "email", "paula.p@example.org")));

    Answer told = userInfo(tokens.accessToken());

    assertThat(told.status()).as(told.toString()).isEqualTo(200);
    assertThat(told.text("sub")).isEqualTo("paula");
    assertThat(told.text("name")).isEqualTo("Paula P.");
    assertThat(told.text("email")).as("the login application's word counts").isEqualTo("paula.p@example.org");
    assertThat(told.json().has("salary")).isFalse();
    assertThat(told.json().has("roles")).isFalse();
    // A token for less tells less.
    Answer narrowed = system.client("people").refresh(tokens.refreshToken(), "scope", "openid profile");
    assertThat(userInfo(narrowed.accessToken()).json().has("email")).isFalse();
  }

  @Test
  void shouldTellNothingMoreOnceTheTokenIsRevoked() {
    Answer tokens = tokens(Map.of("scope", "openid offline_access"));
    assertThat(userInfo(tokens.accessToken()).status()).isEqualTo(200);

    assertThat(system.client("people").revoke(tokens.refreshToken()).status()).isEqualTo(200);

    Answer refused = userInfo(tokens.accessToken());
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.error()).isEqualTo("invalid_token");
    assertThat(refused.header("WWW-Authenticate").orElse("")).startsWith("Bearer ").contains("error=\"invalid_token\"");
  }

  @Test
  void shouldRefuseATokenWithoutOpenidAndARequestWithoutToken() throws Exception {
    Answer without = userInfo(tokens(Map.of("scope", "orders.read")).accessToken());
    Answer nobody = TokenClient.get(URI.create(system.edge() + "/connect/userinfo"));
    Answer service = userInfo(system.client("service").clientCredentials("scope", "orders.read").accessToken());

    assertThat(without.status()).isEqualTo(403);
    assertThat(without.error()).isEqualTo("insufficient_scope");
    assertThat(service.error()).isEqualTo("insufficient_scope");
    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.header("WWW-Authenticate")).contains("Bearer realm=\"mintlog\"");
  }

  @Test
  void shouldRefuseAnIdToken() {
    Answer tokens = tokens(Map.of("scope", "openid"));

    assertThat(userInfo(tokens.text("id_token")).error()).isEqualTo("invalid_token");
  }

  private Answer userInfo(String accessToken) {
    try {
      return TokenClient.send(HttpRequest.newBuilder(URI.create(system.edge() + "/connect/userinfo"))
          .header("Authorization", "Bearer " + accessToken).build());
    } catch (IOException e) {
      throw new AssertionError("expected an answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Answer tokens(Map<String, ?> more) {
    Pkce pkce = Pkce.random();
    Answer created = system.loginApplication().create("people", PEOPLE, pkce, more);
    assertThat(created.status()).as(created.toString()).isEqualTo(200);
    Answer answer = system.client("people").redeem(created.text("code"), pkce.verifier(), PEOPLE);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }
}
