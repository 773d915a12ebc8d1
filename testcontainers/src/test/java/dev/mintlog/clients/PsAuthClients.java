package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.clients.powershell.JsonWebTokens;
import dev.mintlog.fixture.AssertionKeys;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The registered clients whose tokens PSAuthClient gets: what they hold, and what their tokens have to be. */
record PsAuthClients(RunningSystem system) {
  static final String NATIVE_CLIENT = "https://login.microsoftonline.com/common/oauth2/nativeclient";
  static final String SCOPE = "user.read openid offline_access";
  static final List<String> SECRET_METHODS = List.of("client_secret_basic", "client_secret_post", "client_secret_jwt");

  String code(String client, Pkce pkce, String... more) {
    return system.loginApplication().code(client, NATIVE_CLIENT, pkce,
        Stream.concat(Stream.of("scope", SCOPE), Stream.of(more)).toArray(String[]::new));
  }

  String codeWithoutPkce(String client) {
    return system.loginApplication().codeWithoutPkce(client, NATIVE_CLIENT, "scope", SCOPE);
  }

  String secret(String client) {
    return system.registry().client(client).secret();
  }

  AssertionKeys keys() {
    return system.registry().assertionKeys();
  }

  /** Who proves itself by this method. */
  static String clientOf(String method) {
    return method.equals("client_secret_jwt") ? "psauth-mac" : "psauth-app";
  }

  /** What its authors expect of a token response that a sign-in ends in. */
  void assertOidcTokens(JsonNode token) {
    assertBearer(token);
    assertThat(token.path("scope").asText()).contains("user.read");
    assertThat(token.path("refresh_token").asText()).isNotEmpty();
    assertThat(token.path("id_token").asText()).isNotEmpty();
    assertThat(system.relyingParty().verified(token.path("access_token").asText()).getSubject())
        .isEqualTo(LoginApplication.SUBJECT);
  }

  /** And of one of a client's own. */
  void assertClientCredentials(JsonNode token, String client) {
    assertBearer(token);
    assertThat(token.path("scope").asText()).isNotEmpty();
    assertThat(system.relyingParty().verified(token.path("access_token").asText()).getSubject()).isEqualTo(client);
    assertThat(token.has("refresh_token")).isFalse();
  }

  static void assertBearer(JsonNode token) {
    assertThat(token.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(token.path("expires_in").isNumber()).isTrue();
    assertThat(token.path("expires_in").asLong()).isGreaterThan(60);
    assertThat(Instant.parse(token.path("expiry_datetime").asText())).isAfter(Instant.now());
    assertThat(JsonWebTokens.convertFromJsonWebToken(token.path("access_token").asText()).path("iss").asText()).isNotEmpty();
  }
}
