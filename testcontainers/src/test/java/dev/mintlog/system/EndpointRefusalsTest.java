package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.ProfiledTenant;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.RunningSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What the endpoints beside the token endpoint answer, put to a tenant of each profile: one table for each of them. A
 * cell has status and error, or a status and the whole body; {@code {name}} stands for the secret of that client.
 */
class EndpointRefusalsTest {
  private final RunningSystem system = RunningSystem.shared();
  private final ProfiledTenant rfc = ProfiledTenant.ofTheRfcs(system);
  private final ProfiledTenant identityServer = ProfiledTenant.ofIdentityServer(system);

  /** RFC 8628 §3.1. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/refusals/device-authorizations.txt", delimiter = '|', quoteCharacter = '`')
  void shouldAnswerADeviceAuthorizationRequest(String what, String method, String contentType, String authorization,
      String form, String byRfc, String byIdentityServer) {
    expect("/connect/deviceauthorization", method, contentType, authorization, form, byRfc, byIdentityServer);
  }

  /** OpenID CIBA Core §7.1, §13. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/refusals/backchannel-authentications.txt", delimiter = '|', quoteCharacter = '`')
  void shouldAnswerABackchannelAuthenticationRequest(String what, String method, String contentType,
      String authorization, String form, String byRfc, String byIdentityServer) {
    expect("/connect/ciba", method, contentType, authorization, form, byRfc, byIdentityServer);
  }

  /** RFC 7009 §2.1, §2.2. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/refusals/revocations.txt", delimiter = '|', quoteCharacter = '`')
  void shouldAnswerARevocationRequest(String what, String method, String contentType, String authorization,
      String form, String byRfc, String byIdentityServer) {
    expect("/connect/revocation", method, contentType, authorization, form, byRfc, byIdentityServer);
  }

  /** RFC 7662 §2.1, §2.3. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/refusals/introspections.txt", delimiter = '|', quoteCharacter = '`')
  void shouldAnswerAnIntrospectionRequest(String what, String method, String contentType, String authorization,
      String form, String byRfc, String byIdentityServer) {
    expect("/connect/introspect", method, contentType, authorization, form, byRfc, byIdentityServer);
  }

  @Test
  void shouldServeNoPushedAuthorizationRequests() {
    RawRequest pushed = RawRequest.tokenForm("response_type=code&client_id=web").at("/connect/par");

    rfc.answerTo(pushed, "web:{web}").isRefused(404, "invalid_request");
    identityServer.answerTo(pushed, "web:{web}").isRefused(404, "invalid_request");
  }

  private void expect(String path, String method, String contentType, String authorization, String form, String byRfc,
      String byIdentityServer) {
    expect(byRfc, rfc, request(path, method, contentType), authorization, form);
    expect(byIdentityServer, identityServer, request(path, method, contentType), authorization, form);
  }

  private static RawRequest request(String path, String method, String contentType) {
    RawRequest request = RawRequest.of(method, path);
    return switch (contentType) {
      case "-" -> request;
      case "form" -> request.header("Content-Type", "application/x-www-form-urlencoded");
      default -> request.header("Content-Type", "application/" + contentType);
    };
  }

  private static void expect(String expected, ProfiledTenant tenant, RawRequest request, String authorization,
      String form) {
    RawAnswer answer = tenant.answerTo(form == null ? request : request.body(tenant.filledIn(form)), authorization);

    String[] parts = expected.split(" ", 2);
    int status = Integer.parseInt(parts[0]);
    if (status != 200) {
      answer.isRefused(status, parts[1]);
    } else {
      assertThat(answer.status()).as(tenant.name() + ": " + answer).isEqualTo(200);
      assertThat(answer.header("Cache-Control")).contains("no-store");
      assertThat(parts.length == 1 || answer.text().equals(parts[1])).as(tenant.name() + ": " + answer).isTrue();
    }
  }
}
