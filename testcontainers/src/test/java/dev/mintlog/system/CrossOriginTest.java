package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

/** What a page's script sees of its client's answers, and of others'. */
class CrossOriginTest {
  private static final String SPA = "https://spa.example";
  private static final String WEB = "https://web.example";

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void shouldServeAPageOfThePublicClientFromPreflightToToken() throws Exception {
    Answer preflight = TokenClient.send(HttpRequest.newBuilder(URI.create(system.edge() + "/connect/token"))
        .method("OPTIONS", BodyPublishers.noBody()).header("Origin", SPA)
        .header("Access-Control-Request-Method", "POST").header("Access-Control-Request-Headers", "dpop").build());
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("spa", SPA + "/callback", pkce);

    Answer tokens = redeem(code, pkce, SPA);

    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Origin")).contains(SPA);
    assertThat(preflight.header("Access-Control-Allow-Headers")).contains("dpop");
    assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
    assertThat(tokens.header("Access-Control-Allow-Origin")).contains(SPA);
    assertThat(tokens.header("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void shouldNotLetAPageOfAnotherOriginReadTheAnswer() throws Exception {
    Pkce pkce = Pkce.random();

    Answer ofAnotherClient = redeem(system.loginApplication().code("spa", SPA + "/callback", pkce), pkce, WEB);
    Answer ofNobody =
        redeem(system.loginApplication().code("spa", SPA + "/callback", pkce), pkce, "https://evil.example");

    assertThat(ofAnotherClient.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(ofNobody.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void shouldLetEveryPageReadWhatIsPublished() throws Exception {
    for (String path : new String[] {"/.well-known/openid-configuration", "/.well-known/jwks.json"}) {
      Answer answer = TokenClient.send(HttpRequest.newBuilder(URI.create(system.edge() + path))
          .header("Origin", "https://anybody.example").build());
      assertThat(answer.header("Access-Control-Allow-Origin")).as(path).contains("*");
      assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    }
  }

  private Answer redeem(String code, Pkce pkce, String origin) throws Exception {
    String form = TokenClient.form(TokenClient.fields("grant_type", "authorization_code", "client_id", "spa",
        "code", code, "code_verifier", pkce.verifier(), "redirect_uri", SPA + "/callback"));
    return TokenClient.send(HttpRequest.newBuilder(URI.create(system.edge() + "/connect/token"))
        .header("Content-Type", "application/x-www-form-urlencoded").header("Origin", origin)
        .POST(BodyPublishers.ofString(form)).build());
  }
}
