package dev.mintlog.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Profile;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Revocations;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.Tenant;
import dev.mintlog.client.TenantPolicy;
import dev.mintlog.fixture.Given;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GrantPolicyTest {
  private static GrantPolicy policy(Profile profile) {
    Tenant usual = Given.TENANT;
    Tenant tenant = new Tenant(usual.name(), usual.issuer(), usual.scopes(), usual.keys(), usual.userClaims(),
        new TenantPolicy(profile, false));
    return GrantPolicy.of(new Registration(tenant, Given.client(), Revocations.NONE));
  }

  @ParameterizedTest
  @CsvSource({
      "RFC,             authorization_code,                              UNAUTHORIZED_CLIENT",
      "RFC,             password,                                        UNAUTHORIZED_CLIENT",
      "RFC,             urn:ietf:params:oauth:grant-type:token-exchange, UNAUTHORIZED_CLIENT",
      "RFC,             https://example.org/grant,                       UNAUTHORIZED_CLIENT",
      "IDENTITY_SERVER, authorization_code,                              UNAUTHORIZED_CLIENT",
      "IDENTITY_SERVER, password,                                        UNAUTHORIZED_CLIENT",
      "IDENTITY_SERVER, urn:openid:params:grant-type:ciba,               UNAUTHORIZED_CLIENT",
      "IDENTITY_SERVER, urn:ietf:params:oauth:grant-type:token-exchange, UNSUPPORTED_GRANT_TYPE",
      "IDENTITY_SERVER, https://example.org/grant,                       UNSUPPORTED_GRANT_TYPE"})
  void shouldNameAGrantThatTheClientMayNotUse(Profile profile, String grantType, TokenError expected) {
    assertThat(policy(profile).notAllowed(new GrantType(grantType))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"RFC, INVALID_GRANT", "IDENTITY_SERVER, UNAUTHORIZED_CLIENT"})
  void shouldNameAMissingRedirectUri(Profile profile, TokenError expected) {
    assertThat(policy(profile).missingRedirectUri()).isEqualTo(expected);
  }

  @Test
  void shouldHeedTheScopeOfARefreshByTheRfcAlone() {
    Optional<Scopes> asked = Optional.of(Scopes.of("orders"));

    assertThat(policy(Profile.RFC).scopeOfRefresh(asked)).isEqualTo(asked);
    assertThat(policy(Profile.IDENTITY_SERVER).scopeOfRefresh(asked)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void shouldLeaveOutTheIdTokenForAPasswordAtMost(Profile profile) {
    assertThat(policy(profile).givesIdToken(GrantType.AUTHORIZATION_CODE)).isTrue();
    assertThat(policy(profile).givesIdToken(new GrantType("password"))).isEqualTo(profile == Profile.RFC);
  }
}
