package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8707: tokens for certain API resources. */
class ResourceIndicatorsTest {
  private static final String ORDERS = "https://orders.example";
  private static final String BILLING = "https://billing.example";
  private static final String REDIRECT = "https://planner.example/callback";
  private static final String CLIENT_CREDENTIALS = "client_credentials";

  private final RunningSystem system = RunningSystem.shared();
  private final Pkce pkce = Pkce.random();
  private final TokenClient planner = system.client("planner");

  private List<String> audience(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return system.relyingParty().verified(answer.accessToken()).getAudience();
  }

  private static void assertInvalidTarget(Answer answer, String description) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("invalid_target");
    assertThat(answer.text("error_description")).startsWith(description);
  }

  private Answer codeFor(String... resources) {
    return system.loginApplication().create("planner", REDIRECT, pkce, Map.of("resource", List.of(resources)));
  }

  private Answer redeem(Answer code, String... resources) {
    return planner.tokenRepeating("authorization_code", "resource", List.of(resources), "code", code.text("code"),
        "code_verifier", pkce.verifier(), "redirect_uri", REDIRECT);
  }

  @Nested
  class ForTheClientItself {
    @Test
    void shouldNarrowAudienceAndScopesToTheResource() throws Exception {
      Answer answer = planner.clientCredentials("resource", ORDERS);

      assertThat(audience(answer)).containsExactly(ORDERS);
      assertThat(answer.text("scope")).isEqualTo("orders.read orders.write");
      assertThat(system.relyingParty().verified(answer.accessToken()).getStringClaim("scope"))
          .isEqualTo("orders.read orders.write");
    }

    @Test
    void shouldLeaveOutScopesAskedForThatTheResourceDoesNotOwn() {
      Answer answer = planner.clientCredentials("resource", BILLING, "scope", "orders.read billing.read");

      assertThat(audience(answer)).containsExactly(BILLING);
      assertThat(answer.text("scope")).isEqualTo("billing.read");
    }

    @Test
    void shouldIssueATokenForSeveralResources() {
      Answer answer = planner.tokenRepeating(CLIENT_CREDENTIALS, "resource", List.of(ORDERS, BILLING));

      assertThat(audience(answer)).containsExactlyInAnyOrder(ORDERS, BILLING);
    }

    @Test
    void shouldRefuseSeveralWhereTheClientMayHaveOneOnly() {
      TokenClient client = system.client("one-resource");

      assertThat(audience(client.clientCredentials("resource", ORDERS))).containsExactly(ORDERS);
      assertInvalidTarget(client.tokenRepeating(CLIENT_CREDENTIALS, "resource", List.of(ORDERS, BILLING)),
          "Multiple resource indicators not supported on token endpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "/orders", "https://orders.example#a", "https://orders.exämple", "http://[a", "a b"})
    void shouldRefuseWhatIsNoAbsoluteUriWithoutFragment(String resource) {
      assertInvalidTarget(planner.clientCredentials("resource", resource), "Invalid resource indicator format");
    }

    @Test
    void shouldReadAResourceOf512CharactersAndNoLongerOne() {
      String longest = "https://a.example/" + "a".repeat(512 - 18);

      assertInvalidTarget(planner.clientCredentials("resource", longest), "Invalid resource indicator:");
      assertInvalidTarget(planner.clientCredentials("resource", longest + "a"),
          "Resource indicator maximum length exceeded");
    }

    @Test
    void shouldRefuseAnUnknownResourceAlsoBesideAKnownOne() {
      assertInvalidTarget(planner.clientCredentials("resource", "https://unknown.example"),
          "Invalid resource indicator");
      assertInvalidTarget(
          planner.tokenRepeating(CLIENT_CREDENTIALS, "resource", List.of(ORDERS, "https://unknown.example")),
          "Invalid resource indicator");
    }

    @Test
    void shouldRefuseAResourceThatOwnsNoScopeAskedFor() {
      assertInvalidTarget(planner.clientCredentials("resource", BILLING, "scope", "orders.read"),
          "Invalid resource indicator");
    }

    @Test
    void shouldRefuseTheIssuerAsResourceOfAToken() {
      assertInvalidTarget(planner.clientCredentials("resource", system.publicUrl()), "Invalid resource indicator");
    }
  }

  @Nested
  class OfAConsent {
    @Test
    void shouldIssueForTheResourcesOfTheAuthorizationRequest() {
      Answer answer = redeem(codeFor(ORDERS));

      assertThat(audience(answer)).containsExactly(ORDERS);
      assertThat(answer.text("scope")).isEqualTo("offline_access openid orders.read orders.write");
      assertThat(answer.has("id_token")).isTrue();
    }

    @Test
    void shouldNarrowATokenToOneOfTheOriginalResourcesAndReachTheOtherByRefresh() {
      Answer first = redeem(codeFor(ORDERS, BILLING), ORDERS);
      Answer second = planner.refresh(first.refreshToken(), "resource", BILLING);
      Answer third = planner.refresh(second.refreshToken());

      assertThat(audience(first)).containsExactly(ORDERS);
      assertThat(audience(second)).containsExactly(BILLING);
      assertThat(second.text("scope")).isEqualTo("billing.read offline_access openid");
      assertThat(audience(third)).containsExactlyInAnyOrder(ORDERS, BILLING);
    }

    @Test
    void shouldRefuseAResourceBeyondTheAuthorizationRequestAndKeepTheCodeGood() {
      Answer code = codeFor(ORDERS);

      assertInvalidTarget(redeem(code, BILLING),
          "Resource indicator does not match any resource indicator in the original authorize request");
      assertInvalidTarget(redeem(code, ORDERS, BILLING),
          "Resource indicator does not match any resource indicator in the original authorize request");
      assertThat(audience(redeem(code, ORDERS))).containsExactly(ORDERS);
    }

    @Test
    void shouldNotReachByRefreshWhatTheAuthorizationRequestDidNotName() {
      Answer first = redeem(codeFor(ORDERS));

      assertInvalidTarget(planner.refresh(first.refreshToken(), "resource", BILLING),
          "Resource indicator does not match any resource indicator in the original authorize request");
      assertThat(planner.refresh(first.refreshToken(), "scope", "billing.read").error()).isEqualTo("invalid_scope");
      assertThat(audience(planner.refresh(first.refreshToken()))).containsExactly(ORDERS);
    }

    @Test
    void shouldNarrowWhereTheAuthorizationRequestNamedNone() {
      Answer code = system.loginApplication().create("planner", REDIRECT, pkce, "scope", "openid orders.read");

      assertInvalidTarget(redeem(code, BILLING), "Invalid resource indicator");
      assertThat(audience(redeem(code, ORDERS))).containsExactly(ORDERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://unknown.example", "orders", "mintlog"})
    void shouldRefuseAConsentForAResourceThatItIsNotFor(String resource) {
      assertInvalidTarget(codeFor(ORDERS, resource), "Invalid resource indicator");
    }

    @Test
    void shouldRefuseMoreThan16Resources() {
      String[] many = new String[17];
      java.util.Arrays.fill(many, ORDERS);

      assertInvalidTarget(codeFor(many), "Multiple resource indicators");
      assertThat(codeFor(java.util.Arrays.copyOf(many, 16)).status()).isEqualTo(200);
    }
  }

  @Test
  void shouldNarrowTheTokenOfADevice() {
    TokenClient tv = system.publicClient("tv");
    Answer device = tv.device("scope", "openid orders.read");
    system.loginApplication().approve(device.text("user_code"));
    String grant = "urn:ietf:params:oauth:grant-type:device_code";
    String deviceCode = device.text("device_code");

    assertInvalidTarget(tv.token(grant, "device_code", deviceCode, "resource", BILLING), "Invalid resource indicator");
    assertThat(audience(tv.token(grant, "device_code", deviceCode, "resource", ORDERS))).containsExactly(ORDERS);
  }
}
