package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.ProfiledTenant;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.RunningSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What the token endpoint refuses, put to a tenant of each profile: one table for each step of a request. A cell has
 * status and error; {@code {name}} stands for the secret of that client or user.
 */
class RefusalsTest {
  private final RunningSystem system = RunningSystem.shared();
  private final ProfiledTenant rfc = ProfiledTenant.ofTheRfcs(system);
  private final ProfiledTenant identityServer = ProfiledTenant.ofIdentityServer(system);

  /** RFC 6749 §2.3 and §5.2, RFC 7521 §4.2. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/refusals/clients.txt", delimiter = '|')
  void shouldRefuseAClient(String what, String authorization, String form, String byRfc, String byIdentityServer,
      String fragment) {
    String more = form == null ? "" : "&" + form;
    expect(byRfc, rfc, authorization, "grant_type=client_credentials" + more, fragment);
    expect(byIdentityServer, identityServer, authorization, "grant_type=client_credentials" + more, fragment);
  }

  /** RFC 6749 §3.2 and §5.2, before any grant is read. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/refusals/forms.txt", delimiter = '|')
  void shouldRefuseAForm(String what, String form, String byRfc, String byIdentityServer, String fragment) {
    expect(byRfc, rfc, "service:{service}", form, fragment);
    expect(byIdentityServer, identityServer, "service:{service}", form, fragment);
  }

  /** RFC 6749 §5.2: "unauthorized_client", whatever else is wrong with the grant. */
  @ParameterizedTest(name = "{0} for a client that is not registered for it")
  @CsvFileSource(resources = "/refusals/unauthorized.txt", delimiter = '|')
  void shouldRefuseAGrantThatTheClientMayNotUse(String grantType, String authorization, String form, String byRfc,
      String byIdentityServer) {
    for (String with : new String[] {"&" + form, ""}) {
      expect(byRfc, rfc, authorization, "grant_type=" + grantType + with, "grant type");
      expect(byIdentityServer, identityServer, authorization, "grant_type=" + grantType + with, "grant type");
    }
  }

  @Test
  void shouldRefuseAnExchangeByAClientThatMayNotExchange() {
    for (ProfiledTenant tenant : new ProfiledTenant[] {rfc, identityServer}) {
      String own = tenant.client("service").clientCredentials("scope", "orders.read").accessToken();

      Answer answer = tenant.client("service").token("urn:ietf:params:oauth:grant-type:token-exchange",
          "subject_token", own, "subject_token_type", "urn:ietf:params:oauth:token-type:access_token");

      assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
      assertThat(answer.error()).isEqualTo(tenant == rfc ? "unauthorized_client" : "unsupported_grant_type");
    }
  }

  /** What a grant cannot do without, and what is none. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/refusals/grants.txt", delimiter = '|')
  void shouldRefuseAGrant(String what, String authorization, String form, String byRfc, String byIdentityServer,
      String fragment) {
    expect(byRfc, rfc, authorization, form, fragment);
    expect(byIdentityServer, identityServer, authorization, form, fragment);
  }

  /** RFC 6749 §3.3 and RFC 8707 §2: nothing that is asked for is left out in silence. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/refusals/scopes.txt", delimiter = '|')
  void shouldRefuseAScopeOrAResource(String what, String authorization, String form, String expected, String fragment) {
    expect(expected, rfc, authorization, form, fragment);
    expect(expected, identityServer, authorization, form, fragment);
  }

  @Test
  void shouldTakeABlankResourceForNone() {
    for (ProfiledTenant tenant : new ProfiledTenant[] {rfc, identityServer}) {
      RawAnswer answer = tenant.answerTo(RawRequest.tokenForm("grant_type=client_credentials&resource="),
          "service:{service}").isGranted();

      assertThat(answer.header("Cache-Control")).contains("no-store");
      assertThat(answer.header("Pragma")).contains("no-cache");
    }
  }

  private static void expect(String expected, ProfiledTenant tenant, String authorization, String form,
      String fragment) {
    RawAnswer answer = tenant.answerTo(RawRequest.tokenForm(tenant.filledIn(form)), authorization);

    String[] statusAndError = expected.split(" ");
    answer.isRefused(Integer.parseInt(statusAndError[0]), statusAndError[1]);
    assertThat(answer.text("error_description")).as(tenant.name()).contains(fragment);
  }
}
