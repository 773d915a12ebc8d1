package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.BackchannelRequests;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.ProfiledTenant;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Good credentials that are presented wrongly, to a tenant of each profile: one table for each kind. A change puts a
 * parameter ({@code name=value}), takes one away ({@code -name}) or has another client present it ({@code by name});
 * {@code $} in a value stands for the one there was.
 */
class CredentialRefusalsTest {
  private static final String WEB = "https://web.example/callback";

  private final RunningSystem system = RunningSystem.shared();
  private final ProfiledTenant rfc = ProfiledTenant.ofTheRfcs(system);
  private final ProfiledTenant identityServer = ProfiledTenant.ofIdentityServer(system);

  private interface Obtained {
    Map<String, String> from(ProfiledTenant tenant);
  }

  /** RFC 6749 §4.1.3, RFC 7636 §4.6, RFC 9700 §2.1.1. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/refusals/codes.txt", delimiter = '|')
  void shouldAnswerACodeThatIsPresentedWrongly(String change, String byRfc, String byIdentityServer,
      String afterwards) {
    present(CredentialRefusalsTest::code, "web", change, byRfc, byIdentityServer, afterwards);
  }

  /** RFC 6749 §6. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/refusals/refresh-tokens.txt", delimiter = '|')
  void shouldAnswerARefreshTokenThatIsPresentedWrongly(String change, String byRfc, String byIdentityServer,
      String afterwards) {
    present(CredentialRefusalsTest::refreshToken, "web", change, byRfc, byIdentityServer, afterwards);
  }

  /** RFC 8628 §3.4 and §3.5, approved already. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/refusals/device-codes.txt", delimiter = '|')
  void shouldAnswerADeviceCodeThatIsPresentedWrongly(String change, String byRfc, String byIdentityServer,
      String afterwards) {
    present(CredentialRefusalsTest::deviceCode, "tv", change, byRfc, byIdentityServer, afterwards);
  }

  /** OpenID CIBA Core §11, approved already. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/refusals/auth-req-ids.txt", delimiter = '|')
  void shouldAnswerAnAuthReqIdThatIsPresentedWrongly(String change, String byRfc, String byIdentityServer,
      String afterwards) {
    present(CredentialRefusalsTest::authReqId, "bank", change, byRfc, byIdentityServer, afterwards);
  }

  private void present(Obtained credential, String client, String change, String byRfc, String byIdentityServer,
      String afterwards) {
    for (ProfiledTenant tenant : List.of(rfc, identityServer)) {
      Map<String, String> good = credential.from(tenant);

      Answer answer = tenant.client(change.startsWith("by ") ? change.substring(3) : client)
          .token(good.get("grant_type"), changed(good, change));

      assertThat(told(answer)).as(tenant.name() + ": " + answer).isEqualTo(tenant == rfc ? byRfc : byIdentityServer);
      assertThat(told(tenant.client(client).token(good.get("grant_type"), flat(good))))
          .as(tenant.name() + ", presented as it should be").isEqualTo(afterwards);
    }
  }

  private static String[] changed(Map<String, String> good, String change) {
    Map<String, String> fields = TokenClient.fields(flat(good));
    if (change.startsWith("-")) {
      assertThat(fields.remove(change.substring(1))).as(change).isNotNull();
    } else if (change.contains("=")) {
      String name = change.substring(0, change.indexOf('='));
      String value = change.substring(change.indexOf('=') + 1);
      fields.put(name, value.replace("$", good.getOrDefault(name, "")));
    }
    return flat(fields);
  }

  private static String[] flat(Map<String, String> fields) {
    return fields.entrySet().stream().filter(field -> !field.getKey().equals("grant_type"))
        .flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue())).toArray(String[]::new);
  }

  private static String told(Answer answer) {
    return answer.status() == 200 ? "200" : answer.status() + " " + answer.error();
  }

  private static Map<String, String> code(ProfiledTenant tenant) {
    Pkce pkce = Pkce.random();
    return Map.of("grant_type", "authorization_code", "code", tenant.login().code("web", WEB, pkce),
        "code_verifier", pkce.verifier(), "redirect_uri", WEB);
  }

  private static Map<String, String> refreshToken(ProfiledTenant tenant) {
    Map<String, String> code = code(tenant);
    return Map.of("grant_type", "refresh_token", "refresh_token",
        tenant.client("web").token(code.get("grant_type"), flat(code)).refreshToken());
  }

  private static Map<String, String> deviceCode(ProfiledTenant tenant) {
    Answer device = tenant.client("tv").device();
    assertThat(tenant.login().approve(device.text("user_code")).status()).isEqualTo(200);
    return Map.of("grant_type", "device_code", "device_code", device.text("device_code"));
  }

  private static Map<String, String> authReqId(ProfiledTenant tenant) {
    Answer asked = tenant.client("bank").backchannel("scope", "openid orders.read", "login_hint", "ada");
    Answer approval = tenant.login().approveBackchannel(
        BackchannelRequests.id(tenant.system(), tenant.name(), asked), Map.of("subject", "s-ada"));
    assertThat(approval.status()).as(approval.toString()).isEqualTo(200);
    return Map.of("grant_type", "urn:openid:params:grant-type:ciba", "auth_req_id", asked.text("auth_req_id"));
  }
}
