package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.DemoClient;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How clients prove themselves, RFC 6749 §2.3 and §5.2: 401 with a challenge where the Authorization header was used,
 * 400 where it was not.
 */
class ClientAuthenticationRulesTest {
  private static final String UNKNOWN = "nobody";

  private final RunningSystem system = RunningSystem.shared();
  private final DemoClient service = system.registry().client("service");
  private final DemoClient odd = new DemoClient("odd+client%41", system.registry().client("odd-argon2").secret());

  // client_secret_basic

  @Test
  void shouldChallengeAWrongSecretInBasic() {
    RawAnswer answer = answerTo(request().basic(service.id(), "wrong"));

    answer.isRefused(401, "invalid_client");
    assertThat(answer.header("WWW-Authenticate")).hasValueSatisfying(challenge -> assertThat(challenge).startsWith(
        "Basic realm=\"mintlog\", charset=\"UTF-8\", error=\"invalid_client\", error_description=\""));
  }

  @Test
  void shouldTakeTheSchemeInAnyCase() {
    String basic = TokenClient.basic(service.id(), service.secret());

    answerTo(request().header("Authorization", basic.replace("Basic", "basic"))).isGranted();
    answerTo(request().header("authorization", basic.replace("Basic ", "BASIC   "))).isGranted();
  }

  @Test
  void shouldTakeIdAndSecretFormEncodedOrNot() {
    // RFC 6749 §2.3.1
    answerTo(request().basic(odd.id(), odd.secret())).isGranted();
    // And what clients in the field send
    answerTo(request().header("Authorization", raw(odd.id() + ":" + odd.secret()))).isGranted();
    answerTo(request().header("Authorization", raw(service.id() + ":" + service.secret()))).isGranted();
  }

  @Test
  void shouldTakeTheClientIdInTheBodyBesideBasic() {
    answerTo(request().basic(service).and("client_id", service.id())).isGranted();
    answerTo(request().basic(odd.id(), odd.secret()).and("client_id", odd.id())).isGranted();
    answerTo(request().header("Authorization", raw(odd.id() + ":" + odd.secret())).and("client_id", odd.id()))
        .isGranted();
  }

  @Test
  void shouldRefuseAnotherClientIdInTheBodyThanInBasic() {
    answerTo(request().basic(service).and("client_id", "web")).isRefused(400, "invalid_request");
  }

  @Test
  void shouldRefuseTwoMethodsAtOnce() {
    answerTo(request().basic(service).and("client_secret", service.secret())).isRefused(400, "invalid_request");
    answerTo(request().basic(service).and("client_id", service.id()).and("client_secret", service.secret()))
        .isRefused(400, "invalid_request");
  }

  @Test
  void shouldTakeTheSecretOfTheBodyWhereBasicHasNone() {
    answerTo(request().basic(service.id(), "").and("client_id", service.id()).and("client_secret", service.secret()))
        .isGranted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic !", "Basic c2VydmljZQ==", "Basic OnNlY3JldA==", "Basic c2VydmljZTp4", "Basic =",
      "Basic c2Vy dmljZQ=="})
  void shouldRefuseMalformedBasic(String header) {
    RawAnswer answer = answerTo(request().header("Authorization", header));

    assertThat(answer.status()).as(answer.toString()).isIn(400, 401);
    answer.isRefused(answer.status(), answer.status() == 401 ? "invalid_client" : "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Bearer abc", "Digest username=\"service\"", "x", "Basicc2VydmljZTp4"})
  void shouldChallengeAnotherScheme(String header) {
    answerTo(request().header("Authorization", header)).isRefused(401, "invalid_client");
  }

  @Test
  void shouldRefuseTwoAuthorizationHeaders() {
    answerTo(request().basic(service).basic(service)).isRefused(400, "invalid_request");
  }

  @Test
  void shouldRefuseAnAuthorizationHeaderThatIsBlank() {
    answerTo(request().header("Authorization", "")).isRefused(401, "invalid_client");
  }

  // client_secret_post

  @Test
  void shouldTakeIdAndSecretInTheBody() {
    answerTo(request().and("client_id", service.id()).and("client_secret", service.secret())).isGranted();
    answerTo(request().and("client_id", odd.id()).and("client_secret", odd.secret())).isGranted();
  }

  @Test
  void shouldRefuseAWrongSecretInTheBody() {
    answerTo(request().and("client_id", service.id()).and("client_secret", "wrong")).isRefused(400, "invalid_client");
  }

  @ParameterizedTest
  @ValueSource(strings = {"upper", "space", "cut", "longer", "encoded"})
  void shouldCompareTheWholeSecret(String change) {
    String secret = service.secret();
    String other = switch (change) {
      case "upper" -> secret.equals(secret.toUpperCase()) ? secret.toLowerCase() : secret.toUpperCase();
      case "space" -> secret + " ";
      case "cut" -> secret.substring(0, secret.length() - 1);
      case "longer" -> secret + "A";
      default -> TokenClient.form(TokenClient.fields(secret + "/", "")).replace("=", "");
    };

    answerTo(request().and("client_id", service.id()).and("client_secret", other)).isRefused(400, "invalid_client");
    answerTo(request().basic(service.id(), other)).isRefused(401, "invalid_client");
  }

  @Test
  void shouldRefuseASecretWithoutClientId() {
    RawAnswer answer = answerTo(request().and("client_secret", service.secret())).isRefused(400, "invalid_request");

    assertThat(answer.text("error_description")).contains("client_id").doesNotContain(service.secret());
  }

  // Neither

  @Test
  void shouldRefuseARequestOfNobody() {
    answerTo(request()).isRefused(400, "invalid_client");
  }

  @Test
  void shouldRefuseAConfidentialClientWithoutSecret() {
    answerTo(request().and("client_id", service.id())).isRefused(400, "invalid_client");
    answerTo(request().basic(service.id(), "")).isRefused(401, "invalid_client");
  }

  @Test
  void shouldRefuseAPublicClientThatSendsASecret() {
    answerTo(refresh().and("client_id", "spa").and("client_secret", "x")).isRefused(400, "invalid_client");
    answerTo(refresh().basic("spa", "x")).isRefused(401, "invalid_client");
  }

  @Test
  void shouldLetAPublicClientNameItself() {
    // Not invalid_client: it got as far as its grant.
    answerTo(refresh().and("client_id", "spa")).isRefused(400, "invalid_grant");
    answerTo(refresh().basic("spa", "")).isRefused(400, "invalid_grant");
  }

  @ParameterizedTest
  @CsvSource({"client_assertion", "client_assertion_type"})
  void shouldRefuseHalfAClientAssertion(String parameter) {
    RawAnswer answer = answerTo(request().and("client_id", service.id()).and(parameter, "x.y.z"))
        .isRefused(400, "invalid_client");

    assertThat(answer.text("error_description")).contains("client_assertion with client_assertion_type");
  }

  // Whose answers must not differ

  @Test
  void shouldNotTellAnUnknownClientFromAWrongSecretNorFromADisabledClient() {
    RawAnswer wrong = answerTo(request().basic(service.id(), "wrong")).isRefused(401, "invalid_client");
    RawAnswer unknown = answerTo(request().basic(UNKNOWN, "wrong")).isRefused(401, "invalid_client");
    RawAnswer disabled = answerTo(request().basic(system.registry().client("disabled")))
        .isRefused(401, "invalid_client");

    assertThat(unknown.text()).isEqualTo(wrong.text());
    assertThat(disabled.text()).isEqualTo(wrong.text());
  }

  @Test
  void shouldRefuseAnUnknownClientInTheBody() {
    answerTo(request().and("client_id", UNKNOWN)).isRefused(400, "invalid_client");
    answerTo(request().and("client_id", UNKNOWN).and("client_secret", "wrong")).isRefused(400, "invalid_client");
    answerTo(request().and("client_id", "disabled").and("client_secret", system.registry().client("disabled").secret()))
        .isRefused(400, "invalid_client");
  }

  // Secrets that come and go

  @Test
  void shouldRefuseASecretThatExpired() {
    answerTo(request().basic(system.registry().client("expired-secret"))).isRefused(401, "invalid_client");
    answerTo(request().basic("two-secrets", system.registry().client("two-secrets-former").secret()))
        .isRefused(401, "invalid_client");
  }

  @Test
  void shouldTakeEachSecretThatIsInForce() {
    answerTo(request().basic(system.registry().client("two-secrets"))).isGranted();
    answerTo(request().basic("two-secrets", system.registry().client("two-secrets-next").secret())).isGranted();
  }

  @Test
  void shouldRefuseTheSecretOfAnotherClient() {
    answerTo(request().basic("service-ps256", service.secret())).isRefused(401, "invalid_client");
  }

  // The device authorization endpoint asks the same

  @Test
  void shouldAskTheSameForADeviceAuthorization() {
    RawRequest device = RawRequest.tokenForm("scope=orders.read").at("/connect/deviceauthorization");

    answerTo(device.and("client_id", "tv").and("client_secret", "x")).isRefused(400, "invalid_client");
    answerTo(device.basic("tv", "x")).isRefused(401, "invalid_client");
    answerTo(device.and("client_id", UNKNOWN)).isRefused(400, "invalid_client");
    answerTo(RawRequest.of("GET", "/connect/deviceauthorization?client_id=tv&client_secret=x"))
        .isRefused(400, "invalid_request");
    assertThat(answerTo(device.and("client_id", "tv")).status()).isEqualTo(200);
    assertThat(answerTo(RawRequest.of("GET", "/connect/deviceauthorization?client_id=tv")).status()).isEqualTo(200);
  }

  private static RawRequest request() {
    return RawRequest.clientCredentials();
  }

  private static RawRequest refresh() {
    return RawRequest.token("grant_type", "refresh_token", "refresh_token", "none");
  }

  private static String raw(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private RawAnswer answerTo(RawRequest request) {
    return RawConnection.exchange(system.edge(), request);
  }
}
