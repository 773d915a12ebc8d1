package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.edge.proof.client.ClientAssertions;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.DemoClient;
import dev.mintlog.fixture.DpopKey;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.time.Instant;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is as long as it may be is taken, and what is one character longer is refused. */
class LengthLimitsTest {
  private static final String WEB = "https://web.example/callback";

  private final RunningSystem system = RunningSystem.shared();
  private final String tokenUrl = system.publicUrl() + "/connect/token";

  // What is presented

  @ParameterizedTest
  @CsvSource({"authorization_code,web,code", "refresh_token,web,refresh_token", "device_code,secret-tv,device_code",
      "urn:openid:params:grant-type:ciba,bank,auth_req_id"})
  void shouldRefuseAHandleOfMoreThan100Characters(String grantType, String client, String parameter) {
    RawAnswer answer = answerTo(RawRequest.token("grant_type", grantType, parameter, "A".repeat(101))
        .basic(system.registry().client(client)));

    answer.isRefused(400, "invalid_grant");
    assertThat(answer.text()).doesNotContain("AAAA");
  }

  @Test
  void shouldTakeAClientIdOf200CharactersAndKnowNoLongerOne() {
    String longest = "l".repeat(200);

    answerTo(RawRequest.clientCredentials().basic(longest, system.registry().client("long").secret())).isGranted();
    answerTo(RawRequest.clientCredentials().basic(longest + "l", system.registry().client("long").secret()))
        .isRefused(401, "invalid_client");
  }

  @Test
  void shouldRefuseASecretOfAnyLengthThatIsNotTheClients() {
    DemoClient service = system.registry().client("service");

    for (int length : new int[] {100, 101, 60_000}) {
      answerTo(RawRequest.clientCredentials().and("client_id", service.id()).and("client_secret", "s".repeat(length)))
          .isRefused(400, "invalid_client");
    }
  }

  @Test
  void shouldKnowNoGrantTypeOfMoreThan100Characters() {
    String longest = "urn:" + "g".repeat(96);

    for (String grantType : new String[] {longest, longest + "g"}) {
      answerTo(RawRequest.token("grant_type", grantType).basic(system.registry().client("service")))
          .isRefused(400, "unsupported_grant_type");
    }
  }

  @Test
  void shouldTakeAUsernameAndAPasswordOf100CharactersAndNoLongerOnes() {
    String username = "m".repeat(100);
    String password = "p".repeat(100);

    assertThat(signIn(username, password).status()).isEqualTo(200);
    assertThat(signIn(username + "m", password).error()).isEqualTo("invalid_grant");
    assertThat(signIn(username, password + "p").error()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldReadAScopeOf4096CharactersAndNoLongerOne() {
    String longest = "orders.read" + " ".repeat(4096 - 22) + "orders.read";

    assertThat(longest).hasSize(4096);
    answerTo(RawRequest.token("grant_type", "client_credentials", "scope", longest)
        .basic(system.registry().client("service"))).isGranted();
    assertThat(answerTo(RawRequest.token("grant_type", "client_credentials", "scope", longest + " ")
        .basic(system.registry().client("service"))).isRefused(400, "invalid_scope").text("error_description"))
        .contains("4096");
    assertThat(system.publicClient("tv").device("scope", longest).status()).isEqualTo(200);
    assertThat(system.publicClient("tv").device("scope", longest + " ").error()).isEqualTo("invalid_scope");
  }

  @ParameterizedTest
  @CsvSource({"43,200", "128,200", "42,400", "129,400"})
  void shouldTakeACodeVerifierOf43To128Characters(int characters, int status) {
    Pkce pkce = Pkce.of("v".repeat(characters));

    Answer answer = system.client("web").redeem(system.loginApplication().code("web", WEB, pkce), pkce.verifier(), WEB);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(status == 200 || answer.error().equals("invalid_grant")).as(answer.toString()).isTrue();
  }

  @Test
  void shouldReadAcrValuesOf300CharactersAndNoLongerOnes() {
    String longest = "urn:acr:" + "a".repeat(292);
    TokenClient till = system.client("till");

    assertThat(till.token("password", "username", "erin", "password", "correct horse", "acr_values", longest).status())
        .isEqualTo(200);
    assertThat(till.token("password", "username", "erin", "password", "correct horse", "acr_values", longest + "a")
        .error()).isEqualTo("invalid_request");
    assertThat(ask("login_hint", "ada", "acr_values", longest).status()).isEqualTo(200);
    assertThat(ask("login_hint", "ada", "acr_values", longest + "a").error()).isEqualTo("invalid_request");
  }

  // Proofs

  @Test
  void shouldReadAnAssertionOf16384CharactersAndNoLongerOne() {
    String longest = written(16_384, this::assertion);
    String longer = written(16_385, this::assertion);

    present(longest).isGranted();
    assertThat(present(longer).isRefused(400, "invalid_client").text("error_description")).contains("16384");
  }

  @Test
  void shouldTakeAJtiOf512CharactersInAnAssertionAndNoLongerOne() {
    String start = Instant.now().toString();

    present(signed(WrittenAssertion.of("signer", tokenUrl, Instant.now())
        .claim("jti", start + "j".repeat(512 - start.length())))).isGranted();
    present(signed(WrittenAssertion.of("signer", tokenUrl, Instant.now()).claim("jti", "k".repeat(513))))
        .isRefused(400, "invalid_client");
  }

  @Test
  void shouldReadADpopProofOf4000CharactersAndNoLongerOne() {
    DpopKey key = DpopKey.random();
    String longest = written(4_000, (header, claims) -> proof(key, header, claims));
    String longer = written(4_001, (header, claims) -> proof(key, header, claims));

    assertThat(system.client("service").with("DPoP", longest).clientCredentials().status()).isEqualTo(200);
    Answer refused = system.client("service").with("DPoP", longer).clientCredentials();
    assertThat(refused.error()).isEqualTo("invalid_dpop_proof");
    assertThat(refused.text("error_description")).contains("4000");
  }

  @Test
  void shouldTakeAJtiOf256CharactersInADpopProofAndNoLongerOne() {
    String start = Instant.now().toString();

    for (int length : new int[] {256, 257}) {
      String jti = start + "j".repeat(length - start.length());
      Answer answer = system.client("service")
          .with("DPoP", DpopKey.random().proof(tokenUrl, claims -> claims.jwtID(jti))).clientCredentials();
      assertThat(answer.status()).as(answer.toString()).isEqualTo(length == 256 ? 200 : 400);
    }
  }

  // Backchannel authentication

  @Test
  void shouldReadALoginHintOf100CharactersAndNoLongerOne() {
    assertThat(ask("login_hint", "u".repeat(100)).error()).as("read, and nobody's").isEqualTo("unknown_user_id");
    assertThat(ask("login_hint", "u".repeat(101)).error()).isEqualTo("invalid_request");
  }

  @Test
  void shouldReadAUserCodeOf100CharactersAndNoLongerOne() {
    assertThat(ask("login_hint", "ben", "user_code", "c".repeat(100)).error()).isEqualTo("invalid_user_code");
    assertThat(ask("login_hint", "ben", "user_code", "c".repeat(101)).error()).isEqualTo("invalid_request");
  }

  @Test
  void shouldReadAnIdTokenHintOf4000CharactersAndNoLongerOne() {
    assertThat(ask("id_token_hint", "t".repeat(4_000)).text("error_description")).contains("ID token");
    assertThat(ask("id_token_hint", "t".repeat(4_001)).text("error_description")).contains("4000 characters");
  }

  // The rest of a request

  @Test
  void shouldRead200ParametersAndNoMore() {
    StringBuilder more = new StringBuilder();
    for (int i = 0; i < 198; i++) {
      more.append("&p").append(i).append("=1");
    }
    RawRequest request = RawRequest.clientCredentials().basic(system.registry().client("service"));
    String form = new String(request.body(), java.nio.charset.StandardCharsets.US_ASCII) + more;

    answerTo(request.body(form)).isGranted();
    answerTo(request.body(form + "&p=1")).isRefused(400, "invalid_request");
  }

  @Test
  void shouldReadAnAudienceOf200CharactersAndNoLongerOne() {
    TokenClient exchanger = system.client("own-exchanger");
    String own = exchanger.clientCredentials("scope", "orders.read").accessToken();

    for (Map.Entry<Integer, String> length : Map.of(200, "audience", 201, "200").entrySet()) {
      Answer answer = exchanger.token("urn:ietf:params:oauth:grant-type:token-exchange", "subject_token", own,
          "subject_token_type", "urn:ietf:params:oauth:token-type:access_token",
          "audience", "a".repeat(length.getKey()));
      assertThat(answer.error()).isEqualTo("invalid_target");
      assertThat(answer.text("error_description").contains("200 visible")).isEqualTo(length.getKey() > 200);
    }
  }

  /**
   * A JWT of exactly so many characters. A part in base64url is never one character longer than a multiple of four, so
   * the header is padded where the claims alone do not do.
   */
  private static String written(int characters, BinaryOperator<String> jwt) {
    int claims = (characters - jwt.apply("", "").length()) * 3 / 4;
    for (int header = 0; header < 4; header++) {
      for (int padding = claims - 8; padding <= claims; padding++) {
        String written = jwt.apply("x".repeat(header), "x".repeat(padding));
        if (written.length() == characters) {
          return written;
        }
      }
    }
    throw new AssertionError("expected a padding that makes " + characters + " characters");
  }

  private String assertion(String header, String claims) {
    return signed(
        WrittenAssertion.of("signer", tokenUrl, Instant.now()).header("padding", header).claim("padding", claims));
  }

  private String signed(WrittenAssertion assertion) {
    return assertion.signed(system.registry().assertionKeys().ec(), "ES256");
  }

  private String proof(DpopKey key, String header, String claims) {
    return key.proof(tokenUrl, set -> set.claim("padding", claims), set -> set.customParam("padding", header));
  }

  private RawAnswer present(String assertion) {
    return answerTo(RawRequest.clientCredentials().and("client_assertion_type", ClientAssertions.TYPE)
        .and("client_assertion", assertion));
  }

  private Answer signIn(String username, String password) {
    return system.client("till").token("password", "username", username, "password", password);
  }

  private Answer ask(String... more) {
    Map<String, String> fields = TokenClient.fields("scope", "openid");
    fields.putAll(TokenClient.fields(more));
    return system.client("bank").backchannel(fields.entrySet().stream()
        .flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue())).toArray(String[]::new));
  }

  private RawAnswer answerTo(RawRequest request) {
    return RawConnection.exchange(system.edge(), request);
  }
}
