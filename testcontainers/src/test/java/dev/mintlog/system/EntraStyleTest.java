package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RelyingParty;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths that clients of Entra ID and ADFS have built in, as such a client uses them: docs/entra-style.md. */
class EntraStyleTest {
  private static final String V2 = "/directory/oauth2/v2.0/token";
  private static final String V1 = "/directory/oauth2/token";
  private static final String GUID = "5f2c8e0a-4b1d-4c6f-9a3e-7d8b6c5a4f3e";
  private static final String GUID_AUTHORIZE = "/" + GUID + "/oauth2/authorize";
  private static final String GRAPH = "https://graph.example";
  private static final String BY_LIBRARY = " openid profile offline_access";
  private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String TRUSTED_REALM = "http://schemas.microsoft.com/rel/trusted-realm";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunningSystem system = RunningSystem.shared();
  private final RelyingParty relyingParty = new RelyingParty(system.edge("directory"));

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(system.edge() + path));
  }

  private Answer get(String path) throws Exception {
    return TokenClient.send(to(path).build());
  }

  private Answer post(String path, Map<String, String> fields, String... headers) throws Exception {
    HttpRequest.Builder request = to(path)
        .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
        .POST(BodyPublishers.ofString(TokenClient.form(fields)));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return TokenClient.send(request.build());
  }

  private Answer daemon(String path, String... more) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>(Map.of("grant_type", "client_credentials", "client_id", "daemon",
        "client_secret", system.registry().client("directory", "daemon").secret()));
    fields.putAll(TokenClient.fields(more));
    return post(path, fields);
  }

  private Answer ana(String... more) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>(Map.of("grant_type", "password", "client_id", "native",
        "username", "ana@directory.example", "password", system.registry().password("directory-ana")));
    fields.putAll(TokenClient.fields(more));
    return post(V2, fields);
  }

  private Answer refresh(Answer tokens, String scope) throws Exception {
    return post(V2, TokenClient.fields("grant_type", "refresh_token", "client_id", "native",
        "refresh_token", tokens.refreshToken(), "scope", scope, "client_info", "1"));
  }

  private Answer ledger(String... fields) throws Exception {
    return post(V2, ofLedger(fields));
  }

  private Map<String, String> ofLedger(String... more) {
    Map<String, String> fields = TokenClient.fields(more);
    fields.put("client_id", "ledger");
    fields.put("client_secret", system.registry().client("directory", "ledger").secret());
    return fields;
  }

  private JWTClaimsSet granted(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return relyingParty.verified(answer.accessToken());
  }

  @Test
  void shouldGiveAllScopesOfAResourceByDefault() throws Exception {
    Answer answer = daemon(V2, "scope", GRAPH + "/.default");

    JWTClaimsSet claims = granted(answer);
    assertThat(claims.getAudience()).containsExactly(GRAPH);
    assertThat(claims.getStringListClaim("roles")).containsExactly("Mail.Read", "User.Read");
    assertThat(answer.json().get("expires_in").isNumber()).isTrue();
    assertThat(answer.json().get("ext_expires_in").asInt()).isEqualTo(answer.json().get("expires_in").asInt());
    assertThat(answer.text("scope").split(" ")).as("MSAL finds its token again by what it asked for")
        .contains(GRAPH + "/.default");
    assertThat(answer.has("refresh_token")).isFalse();
    assertThat(answer.has("id_token")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
      "https://graph.example//.default, https://graph.example",
      "https://www.superfantasticservername.com/.default, https://www.superfantasticservername.com/",
      "https://www.superfantasticservername.com//.default, https://www.superfantasticservername.com/",
      "api://ledger/.default, api://ledger",
      "0F8FAD5B-D9CB-469F-A165-70867728950E/.default, 0f8fad5b-d9cb-469f-a165-70867728950e",
      "https://graph.example/User.Read, https://graph.example"})
  void shouldFindTheResourceThatAScopeNames(String scope, String resource) throws Exception {
    Answer answer = daemon(V2, "scope", scope);

    assertThat(granted(answer).getAudience()).containsExactly(resource);
    assertThat(answer.text("scope").split(" ")).contains(scope);
  }

  @Test
  void shouldTakeDefaultAloneForAllResources() throws Exception {
    assertThat(granted(daemon(V2, "scope", ".default")).getAudience()).hasSize(4);
  }

  @Test
  void shouldDropWhatALibraryAddsToClientCredentials() throws Exception {
    Answer answer = daemon(V2, "scope", GRAPH + "/.default" + BY_LIBRARY, "client_info", "1");

    assertThat(granted(answer).getStringListClaim("roles")).containsExactly("Mail.Read", "User.Read");
    assertThat(answer.has("refresh_token")).isFalse();
    assertThat(answer.has("client_info")).as("no user").isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {V1, V2})
  void shouldTellApisThatNoUserIsThere(String path) throws Exception {
    JWTClaimsSet own = granted(daemon(path, "resource", GRAPH));
    JWTClaimsSet users = granted(ana("scope", GRAPH + "/User.Read"));
    JWTClaimsSet plain = granted(daemon("/directory/connect/token", "resource", GRAPH));

    assertThat(own.getClaims()).containsEntry("idtyp", "app").containsEntry("scope", "Mail.Read User.Read")
        .containsEntry("oid", "daemon").doesNotContainKeys("scp", "upn");
    assertThat(users.getClaims()).containsEntry("scp", "User.Read").doesNotContainKeys("roles", "idtyp");
    assertThat(plain.getClaims()).containsEntry("scope", "Mail.Read User.Read")
        .doesNotContainKeys("scp", "roles", "idtyp", "oid");
  }

  @ParameterizedTest
  @ValueSource(strings = {V1, V2})
  void shouldRefuseAClientThatAsksForNothingButAUsersScopes(String path) throws Exception {
    Answer answer = daemon(path, "scope", BY_LIBRARY.strip());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("invalid_scope");
    assertThat(answer.text("error_description")).contains("resource/.default");
    assertThat(granted(daemon(path, "scope", BY_LIBRARY.strip(), "resource", GRAPH)).getAudience()).containsExactly(GRAPH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://unknown.example/.default", "https://graph.example/Files.Read", "Files.Read",
      "api://ledger/entries.write"})
  void shouldRefuseAScopeThatIsUnknownOrNotTheClients(String scope) throws Exception {
    Answer answer = daemon(V2, "scope", scope);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("invalid_scope");
  }

  @Test
  void shouldAnswerTheFirstVersionWithTextsAndTheResource() throws Exception {
    long before = Instant.now().getEpochSecond();

    Answer answer = daemon(V1, "resource", GRAPH + "/");

    assertThat(granted(answer).getAudience()).containsExactly(GRAPH);
    assertThat(answer.json().get("expires_in").isTextual()).isTrue();
    assertThat(answer.json().get("ext_expires_in").isTextual()).isTrue();
    long lifetime = Long.parseLong(answer.text("expires_in"));
    assertThat(Long.parseLong(answer.text("expires_on"))).isBetween(before + lifetime, before + lifetime + 30);
    assertThat(Long.parseLong(answer.text("not_before"))).isBetween(before, before + 30);
    assertThat(answer.text("resource")).isEqualTo(GRAPH + "/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://www.superfantasticservername.com", "https://www.superfantasticservername.com/",
      "0f8fad5b-d9cb-469f-a165-70867728950e"})
  void shouldTakeAResourceAsItIsWrittenOnThePlainPathToo(String resource) throws Exception {
    Answer answer = daemon("/directory/connect/token", "resource", resource);

    assertThat(granted(answer).getAudience()).hasSize(1);
    assertThat(answer.json().get("expires_in").isNumber()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {V1, V2, "/directory/connect/token"})
  void shouldRefuseAResourceThatIsNotRegistered(String path) throws Exception {
    assertThat(daemon(path, "resource", "https://unknown.example").error()).isEqualTo("invalid_target");
    assertThat(daemon(path, "resource", "3f2504e0-4f89-11d3-9a0c-0305e82c3301").error()).isEqualTo("invalid_target");
  }

  @Test
  void shouldTreatABlankResourceAsAbsent() throws Exception {
    assertThat(granted(daemon(V1, "resource", "")).getAudience()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {V2, "/" + GUID + "/oauth2/v2.0/token", "/5F2C8E0A-4B1D-4C6F-9A3E-7D8B6C5A4F3E/oauth2/v2.0/token",
      "/Directory/oauth2/v2.0/token?client-request-id=x&grant_type=password"})
  void shouldFindTheTenantByNameAndGuidInAnyCaseWhateverTheQuerySays(String path) throws Exception {
    assertThat(granted(daemon(path, "scope", GRAPH + "/.default")).getIssuer())
        .isEqualTo(system.publicUrl() + "/directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/common/oauth2/v2.0/token", "/organizations/oauth2/v2.0/token", "/adfs/oauth2/token",
      "/default/oauth2/v2.0/token"})
  void shouldLeadConfiguredNamesToTheirTenant(String path) throws Exception {
    Answer answer = post(path, TokenClient.fields("grant_type", "client_credentials", "client_id", "service",
        "client_secret", system.registry().client("service").secret(), "scope", "https://orders.example/.default"));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(system.relyingParty().verified(answer.accessToken()).getStringClaim("tid")).isEqualTo("default");
    assertThat(answer.json().get("expires_in").isNumber()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nobody/oauth2/v2.0/token", "/consumers/oauth2/token", "/adfs/oauth2/v2.0/token",
      "/default/connect/token"})
  void shouldKnowNoOtherName(String path) throws Exception {
    assertThat(daemon(path).status()).isEqualTo(404);
  }

  @Test
  void shouldGiveAUserTheTokensThatMsalMakesAnAccountOf() throws Exception {
    // When
    Answer answer = ana("scope", GRAPH + "/.default" + BY_LIBRARY, "client_info", "1",
        "claims", "{\"id_token\":{\"signin_state\":{\"essential\":false}},\"nobody\":[1]}", "x-client-SKU", "msal");

    // Then
    JWTClaimsSet access = granted(answer);
    assertThat(access.getStringClaim("tid")).isEqualTo(GUID);
    assertThat(access.getStringClaim("oid")).isEqualTo("s-ana");
    assertThat(access.getStringClaim("upn")).isEqualTo("ana@directory.example");
    assertThat(access.getStringClaim("scp").split(" ")).contains("User.Read", "Mail.Read");
    JWTClaimsSet id = relyingParty.verified(answer.text("id_token"));
    assertThat(id.getStringClaim("tid")).isEqualTo(GUID);
    assertThat(id.getStringClaim("oid")).isEqualTo("s-ana");
    assertThat(id.getStringClaim("preferred_username")).isEqualTo("ana@directory.example");
    JsonNode account = JSON.readTree(Base64.getUrlDecoder().decode(answer.text("client_info")));
    assertThat(account.get("uid").asText()).isEqualTo("s-ana");
    assertThat(account.get("utid").asText()).isEqualTo(GUID);
    assertThat(answer.refreshToken()).isNotBlank();
  }

  @Test
  void shouldRefreshForAnythingThatWasConsentedTo() throws Exception {
    // Given
    Answer tokens = ana("scope", "https://graph.example/User.Read api://ledger/entries.read" + BY_LIBRARY);

    // When
    Answer graph = refresh(tokens, GRAPH + "/.default" + BY_LIBRARY);
    Answer ledger = refresh(graph, "api://ledger/entries.read" + BY_LIBRARY);

    // Then
    assertThat(granted(graph).getAudience()).containsExactly(GRAPH);
    assertThat(granted(graph).getStringClaim("oid")).isEqualTo("s-ana");
    assertThat(graph.has("id_token")).isTrue();
    assertThat(granted(ledger).getAudience()).containsExactly("api://ledger");
  }

  @Test
  void shouldRefreshThoughTheLibraryAsksForMoreThanItWasGranted() throws Exception {
    Answer tokens = ana("scope", "https://graph.example/User.Read offline_access");

    assertThat(granted(refresh(tokens, "https://graph.example/User.Read" + BY_LIBRARY)).getStringClaim("scp"))
        .isEqualTo(granted(tokens).getStringClaim("scp"));
  }

  @Test
  void shouldGiveAnApiTokensOfItsUserForAnotherAsMsalAsksForThem() throws Exception {
    // Given
    String ofLedger = ana("scope", "api://ledger/entries.read").accessToken();

    // When
    Answer answer = ledger("grant_type", JWT_BEARER, "requested_token_use", "on_behalf_of", "assertion", ofLedger,
        "scope", GRAPH + "/.default" + BY_LIBRARY, "client_info", "1");
    Answer next = ledger("grant_type", "refresh_token", "refresh_token", answer.refreshToken(),
        "scope", GRAPH + "/User.Read" + BY_LIBRARY, "client_info", "1");

    // Then
    for (Answer each : List.of(answer, next)) {
      assertThat(granted(each).getAudience()).containsExactly(GRAPH);
      assertThat(granted(each).getStringClaim("oid")).isEqualTo("s-ana");
      assertThat(granted(each).getStringClaim("tid")).isEqualTo(GUID);
      assertThat(relyingParty.verified(each.text("id_token")).getStringClaim("oid")).isEqualTo("s-ana");
      assertThat(each.has("client_info")).isTrue();
    }
    assertThat(granted(answer).getStringClaim("scp").split(" ")).contains("Mail.Read", "User.Read")
        .doesNotContain("entries.read", "profile");
    assertThat(answer.text("scope").split(" ")).as("MSAL finds its token again by what it asked for")
        .contains(GRAPH + "/.default");
  }

  @Test
  void shouldGiveAnApiTokensOfItsUserForAResourceOfTheFirstVersion() throws Exception {
    Answer answer = post(V1, ofLedger("grant_type", JWT_BEARER, "requested_token_use", "on_behalf_of",
        "assertion", ana("scope", "api://ledger/entries.read").accessToken(), "resource", GRAPH, "scope", "openid"));

    assertThat(granted(answer).getAudience()).containsExactly(GRAPH);
    assertThat(answer.text("resource")).isEqualTo(GRAPH);
    assertThat(answer.has("id_token")).isTrue();
    assertThat(answer.has("refresh_token")).as("nobody asked for it").isFalse();
  }

  @Test
  void shouldSendTheUserToSignInAgainWhereConsentIsMissing() throws Exception {
    Answer tokens = ana("scope", "https://graph.example/User.Read offline_access");

    Answer answer = refresh(tokens, "https://graph.example/Mail.Read");

    assertConsentRequired(answer);
  }

  @Test
  void shouldSendTheUserToSignInAgainWhereAResourceWasNotConsentedTo() throws Exception {
    // Given
    Answer tokens = ana("scope", "https://graph.example/User.Read offline_access");

    // When
    Answer byScope = refresh(tokens, "api://ledger/.default" + BY_LIBRARY);
    Answer byResource = post(V1, TokenClient.fields("grant_type", "refresh_token", "client_id", "native",
        "refresh_token", tokens.refreshToken(), "resource", "api://ledger"));

    // Then
    for (Answer answer : List.of(byScope, byResource)) {
      assertConsentRequired(answer);
      assertThat(answer.json().get("error_codes").get(0).asInt()).isEqualTo(65_001);
    }
    assertThat(refresh(tokens, "https://www.superfantasticservername.com/.default").error())
        .as("no user can give that to this client").isEqualTo("invalid_target");
    assertThat(granted(refresh(tokens, GRAPH + "/.default")).getAudience()).containsExactly(GRAPH);
  }

  @Test
  void shouldSendTheUserToSignInAgainWhereACodeIsNotForTheResource() throws Exception {
    // Given
    String redirectUri = "http://localhost:51234";
    Pkce pkce = Pkce.random();
    String code = system.loginApplication("directory").code("native", redirectUri, pkce, "scope", "openid User.Read");
    Map<String, String> redemption = TokenClient.fields("grant_type", "authorization_code", "client_id", "native", "code",
        code, "redirect_uri", redirectUri, "code_verifier", pkce.verifier());

    // When
    redemption.put("scope", "api://ledger/.default" + BY_LIBRARY);
    Answer other = post(V2, redemption);
    redemption.put("scope", GRAPH + "/.default" + BY_LIBRARY);
    Answer own = post(V2, redemption);

    // Then
    assertConsentRequired(other);
    assertThat(granted(own).getStringClaim("scp")).contains("User.Read");
  }

  @Test
  void shouldRefreshNothingWhereNothingThatWasAskedForWasGranted() throws Exception {
    // Given
    Answer ofNative = ana("scope", "https://graph.example/User.Read offline_access");
    Answer ofLedger = ledger("grant_type", JWT_BEARER, "requested_token_use", "on_behalf_of", "assertion",
        ana("scope", "api://ledger/entries.read").accessToken(), "scope", GRAPH + "/User.Read offline_access");

    // When
    Answer withoutConsent = refresh(ofNative, "openid profile");
    Answer notTheClients = ledger("grant_type", "refresh_token", "refresh_token", ofLedger.refreshToken(),
        "scope", "profile");

    // Then
    assertConsentRequired(withoutConsent);
    assertThat(notTheClients.error()).isEqualTo("invalid_scope");
    assertThat(notTheClients.has("suberror")).isFalse();
  }

  private static void assertConsentRequired(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("invalid_grant");
    assertThat(answer.text("suberror")).isEqualTo("consent_required");
  }

  @Test
  void shouldTellTheUsersNameToTheApiThatWantsItAndNoOther() throws Exception {
    // Given
    Answer tokens = ana("scope", "https://graph.example/User.Read api://ledger/entries.read" + BY_LIBRARY);

    // When
    Answer graph = refresh(tokens, GRAPH + "/.default" + BY_LIBRARY);
    Answer ledger = refresh(graph, "api://ledger/.default" + BY_LIBRARY);

    // Then
    assertThat(granted(graph).getStringClaim("upn")).isEqualTo("ana@directory.example");
    assertThat(granted(ledger).getClaims()).doesNotContainKeys("upn", "preferred_username");
    assertThat(relyingParty.verified(ledger.text("id_token")).getStringClaim("preferred_username"))
        .as("its client showed her the field").isEqualTo("ana@directory.example");
  }

  @Test
  void shouldSayThatARefreshTokenIsSpent() throws Exception {
    Answer answer = post(V2, TokenClient.fields("grant_type", "refresh_token", "client_id", "native",
        "refresh_token", "no-such-token", "scope", "User.Read"));

    assertThat(answer.error()).isEqualTo("invalid_grant");
    assertThat(answer.text("suberror")).isEqualTo("bad_token");
  }

  @Test
  void shouldServeTheDeviceFlowAsMsalRunsIt() throws Exception {
    // Given a request without content type
    Answer device = TokenClient.send(to("/directory/oauth2/v2.0/devicecode").POST(BodyPublishers.ofString(
        TokenClient.form(TokenClient.fields("client_id", "native", "scope", GRAPH + "/User.Read" + BY_LIBRARY,
            "claims", "{\"id_token\":{}}")))).build());
    assertThat(device.status()).as(device.toString()).isEqualTo(200);
    assertThat(device.json().get("interval").isNumber()).isTrue();
    assertThat(device.text("message")).contains(device.text("user_code"), device.text("verification_uri"));
    Map<String, String> poll = TokenClient.fields("grant_type", "device_code", "client_id", "native", "device_code",
        device.text("device_code"), "scope", GRAPH + "/User.Read" + BY_LIBRARY, "client_info", "1");

    // When
    Answer pending = post(V2, poll);
    system.loginApplication("directory").approve(device.text("user_code"));
    Answer answer = post(V2, poll);

    // Then
    assertThat(pending.error()).isEqualTo("authorization_pending");
    assertThat(pending.json().get("error_codes").isArray()).isTrue();
    assertThat(granted(answer).getStringClaim("scp").split(" ")).contains("User.Read");
    assertThat(answer.has("client_info")).isTrue();
    assertThat(answer.has("id_token")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/directory/oauth2/devicecode", "/adfs/oauth2/devicecode", "/directory/connect/devicecode",
      "/oauth2/devicecode", "/connect/devicecode"})
  void shouldServeADeviceCodeBesideEveryTokenEndpoint(String path) throws Exception {
    String client = path.startsWith("/directory") ? "native" : "tv";

    Answer device = get(path + "?client_id=" + client);

    assertThat(device.status()).as(device.toString()).isEqualTo(200);
    assertThat(device.json().get("expires_in").isTextual()).isEqualTo(path.equals("/directory/oauth2/devicecode"));
    boolean isMadeForMsal = path.startsWith("/directory/oauth2") || path.startsWith("/adfs");
    assertThat(device.has("verification_url")).isEqualTo(isMadeForMsal);
  }

  @Test
  void shouldAskOnlyForWhatTheResourceHasWhereADeviceNamesOne() throws Exception {
    Answer device = get("/directory/oauth2/devicecode?client_id=native&resource=api://ledger");

    Answer seen = system.loginApplication("directory").look(device.text("user_code"));

    assertThat(seen.http().body()).contains("entries.read").doesNotContain("User.Read");
  }

  @Test
  void shouldRefuseInAFormThatMsalReads() throws Exception {
    // Given
    String id = UUID.randomUUID().toString();

    // When
    Answer answer = post(V2, TokenClient.fields("grant_type", "client_credentials", "client_id", "daemon",
        "client_secret", "wrong"), "client-request-id", id, "return-client-request-id", "true");

    // Then
    assertThat(answer.error()).isEqualTo("invalid_client");
    assertThat(answer.text("error_description")).isNotBlank().doesNotContain("AADSTS");
    assertThat(answer.json().get("error_codes").get(0).isIntegralNumber()).isTrue();
    assertThat(answer.text("timestamp")).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ");
    assertThat(UUID.fromString(answer.text("trace_id"))).isNotNull();
    assertThat(answer.text("correlation_id")).isEqualTo(id);
    assertThat(answer.header("client-request-id")).contains(id);
  }

  @Test
  void shouldRepeatNoRequestIdThatIsNoneOrThatIsNotAskedFor() throws Exception {
    Map<String, String> fields = TokenClient.fields("client_id", "daemon");

    Answer forged = post(V2, fields, "client-request-id", "x".repeat(2_000), "return-client-request-id", "true");
    Answer notAsked = post(V2, fields, "client-request-id", UUID.randomUUID().toString());

    assertThat(forged.header("client-request-id")).isEmpty();
    assertThat(UUID.fromString(forged.text("correlation_id"))).isNotNull();
    assertThat(notAsked.header("client-request-id")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
      "/directory/v2.0/.well-known/openid-configuration, /directory/oauth2/v2.0/token, /directory",
      "/" + GUID + "/v2.0/.well-known/openid-configuration, /directory/oauth2/v2.0/token, /directory",
      "/organizations/v2.0/.well-known/openid-configuration, /default/oauth2/v2.0/token, ''",
      "/adfs/.well-known/openid-configuration, /adfs/oauth2/token, ''",
      "/directory/.well-known/openid-configuration, /directory/connect/token, /directory",
      "/" + GUID + "/.well-known/openid-configuration, /directory/connect/token, /directory",
      "/default/.well-known/openid-configuration, /connect/token, ''",
      "/common/.well-known/openid-configuration, /connect/token, ''",
      "/ORGANIZATIONS/.well-known/openid-configuration, /connect/token, ''"})
  void shouldDescribeItself(String path, String tokenEndpoint, String issuer) throws Exception {
    Answer document = get(path);

    assertThat(document.status()).as(document.toString()).isEqualTo(200);
    assertThat(document.text("issuer")).isEqualTo(system.publicUrl() + issuer);
    assertThat(document.text("token_endpoint")).isEqualTo(system.publicUrl() + tokenEndpoint);
    String keys = document.text("jwks_uri").substring(system.publicUrl().length());
    JsonNode key = get(keys).json().get("keys").get(0);
    assertThat(key.get("x5c").size()).as("PSAuthClient takes exactly one certificate").isEqualTo(1);
    assertThat(key.has("x5t")).isTrue();
    String devicecode = tokenEndpoint.replaceFirst("/token", "/devicecode");
    assertThat(get(devicecode).error()).as("what MSAL for Node derives").isEqualTo("invalid_client");
  }

  @ParameterizedTest
  @CsvSource({"/directory/oauth2/v2.0/authorize, /authorize/directory", GUID_AUTHORIZE + ", /authorize/directory",
      "/organizations/oauth2/v2.0/authorize, /authorize", "/adfs/oauth2/authorize, /authorize"})
  void shouldLeadABrowserToTheLoginApplicationWithTheRequestAsItIs(String path, String there) throws Exception {
    String query = "scope=https%3A%2F%2Fgraph.example%2F.default+openid+profile+offline_access&response_type=code"
        + "&client_id=native&redirect_uri=http%3A%2F%2Flocalhost%3A51234&client_info=1&prompt=select_account"
        + "&response_mode=form_post&state=a%26b%0D%0Ac&redirect=https://evil.example";

    Answer answer = get(path + "?" + query);
    Answer bare = get(path);
    Answer posted = post(path, TokenClient.fields("client_id", "native"));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(302);
    assertThat(answer.header("Location")).contains("https://login.example" + there + "?ui=new&" + query);
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(bare.header("Location")).contains("https://login.example" + there + "?ui=new");
    assertThat(posted.status()).isEqualTo(405);
  }

  @Test
  void shouldNameAnAuthorizationEndpointInEachOfThem() throws Exception {
    assertThat(get("/directory/v2.0/.well-known/openid-configuration").text("authorization_endpoint")).isNotBlank();
    assertThat(get("/adfs/.well-known/openid-configuration").text("authorization_endpoint")).isNotBlank();
    assertThat(get("/default/.well-known/openid-configuration").text("authorization_endpoint")).isNotBlank();
  }

  @Test
  void shouldVouchForItsOwnHostAndNoOther() throws Exception {
    String path = "/common/discovery/instance?api-version=1.1&authorization_endpoint=";
    String host = URI.create(system.publicUrl()).getHost();

    Answer own = get(path + system.publicUrl() + "/directory/oauth2/v2.0/authorize");
    Answer other = get(path + "https://evil.example/directory/oauth2/v2.0/authorize");

    assertThat(own.text("tenant_discovery_endpoint"))
        .isEqualTo(system.publicUrl() + "/directory/v2.0/.well-known/openid-configuration");
    assertThat(own.json().get("metadata")).hasSize(1);
    JsonNode entry = own.json().get("metadata").get(0);
    assertThat(entry.get("preferred_network").asText()).as("clients put their own port behind it").isEqualTo(host);
    assertThat(entry.get("preferred_cache").asText()).isEqualTo(host);
    assertThat(entry.get("aliases").toString()).isEqualTo("[\"" + host + "\"]");
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.error()).isEqualTo("invalid_instance");
  }

  // MSAL for Java asks so, whatever the port of its authority.
  @Test
  void shouldVouchForItsOwnHostWhereThePortIsLeftOut() throws Exception {
    URI own = URI.create(system.publicUrl());
    String path = "/common/discovery/instance?api-version=1.1&authorization_endpoint=";

    Answer without = get(path + own.getScheme() + "://" + own.getHost() + "/directory/oauth2/v2.0/authorize");
    Answer another = get(path + own.getScheme() + "://" + own.getHost() + ":1/directory/oauth2/v2.0/authorize");

    assertThat(without.text("tenant_discovery_endpoint"))
        .isEqualTo(system.publicUrl() + "/directory/v2.0/.well-known/openid-configuration");
    assertThat(another.error()).isEqualTo("invalid_instance");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://login.microsoftonline.com", "https://LOGIN.microsoftonline.com:8443", "own"})
  void shouldSayOfItsHostsThatTheyAreATrustedRealm(String resource) throws Exception {
    String asked = resource.equals("own") ? "https://" + URI.create(system.publicUrl()).getHost() : resource;

    Answer answer = webFinger("rel=" + TRUSTED_REALM + "&resource=" + asked);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/jrd+json");
    assertThat(answer.text("subject")).isEqualTo(asked);
    assertThat(answer.json().get("links")).hasSize(1);
    assertThat(answer.json().at("/links/0/rel").asText()).isEqualTo(TRUSTED_REALM);
    assertThat(answer.json().at("/links/0/href").asText()).isEqualTo(asked);
  }

  @Test
  void shouldSayOfATrustedRealmOnlyWhatIsAskedFor() throws Exception {
    String resource = "resource=https://login.microsoftonline.com";

    assertThat(webFinger(resource).json().get("links")).hasSize(1);
    assertThat(webFinger(resource + "&rel=a&rel=" + TRUSTED_REALM).json().get("links")).hasSize(1);
    assertThat(webFinger(resource + "&rel=a").json().get("links")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', 400", "rel=a, 400", "resource=%7B, 400",
      "resource=https://login.microsoftonline.com&resource=https://login.microsoftonline.com, 400",
      "resource=https://evil.example, 404", "resource=http://login.microsoftonline.com, 404",
      "resource=https://login.microsoftonline.com/ana, 404", "resource=https://ana@login.microsoftonline.com, 404",
      "resource=https://login.microsoftonline.com.evil.example, 404", "resource=acct:ana@directory.example, 404"})
  void shouldSayNothingOfAnotherResource(String query, int status) throws Exception {
    Answer answer = webFinger(query);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.error()).isEqualTo("invalid_request");
  }

  // RFC 7033 §5: "servers MUST include the "Access-Control-Allow-Origin" HTTP header in responses".
  @Test
  void shouldLetEveryPageReadThatAndServeItOnceForTheHost() throws Exception {
    Answer answer = TokenClient.send(to("/.well-known/webfinger?resource=https://login.microsoftonline.com")
        .header("Origin", "https://page.example").build());

    assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
    assertThat(get("/directory/.well-known/webfinger?resource=https://login.microsoftonline.com").status()).isEqualTo(404);
  }

  private Answer webFinger(String query) throws Exception {
    return get("/.well-known/webfinger?" + query);
  }

  @Test
  void shouldVouchForAHostThatClientsHaveBuiltIn() throws Exception {
    Answer answer = get("/common/discovery/instance?authorization_endpoint="
        + "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize");

    assertThat(answer.text("tenant_discovery_endpoint"))
        .isEqualTo("https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration");
    assertThat(answer.json().get("metadata").get(0).get("preferred_network").asText())
        .isEqualTo("login.microsoftonline.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {V2, V1, "/" + GUID + "/oauth2/v2.0/token", V2 + "?client-request-id=1"})
  void shouldTakeAnAssertionForTheUrlAsItIsAddressedOrForAHostThatClientsHaveBuiltIn(String path) throws Exception {
    for (String base : List.of(system.publicUrl(), "https://login.microsoftonline.com")) {
      assertThat(granted(signed(path, base + path)).getSubject()).isEqualTo("signer");
    }
    assertThat(signed(path, "https://elsewhere.example" + path).error()).isEqualTo("invalid_client");
  }

  private Answer signed(String path, String audience) throws Exception {
    WrittenAssertion assertion = WrittenAssertion.of("signer", audience, Instant.now());
    return post(path, TokenClient.fields("grant_type", "client_credentials", "scope", GRAPH + "/.default",
        "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion", assertion.signed(system.registry().assertionKeys().ec(), "ES256")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/common/userrealm/ana@directory.example", "/common/UserRealm/nobody%40directory.example",
      "/COMMON/USERREALM/x%22%7D@directory.example"})
  void shouldSayOfEveryUserThatPasswordsAreJudgedHere(String path) throws Exception {
    Answer answer = get(path + "?api-version=1.0");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.text("account_type")).isEqualTo("Managed");
    assertThat(answer.text("domain_name")).isEqualTo("directory.example");
    assertThat(answer.text("ver")).isEqualTo("1.0");
  }

  @Test
  void shouldRefuseTheRealmOfANameThatIsTooLong() throws Exception {
    assertThat(get("/common/userrealm/" + "a".repeat(320)).status()).isEqualTo(200);
    assertThat(get("/common/userrealm/" + "a".repeat(321)).error()).isEqualTo("invalid_request");
  }
}
