package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator, a user store and the login application add to access tokens. */
class CustomClaimsTest {
  private static final String REDIRECT = "https://planner.example/callback";

  private final RunningSystem system = RunningSystem.shared();
  private final Pkce pkce = Pkce.random();
  private final TokenClient planner = system.client("planner");

  private JWTClaimsSet access(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return system.relyingParty().verified(answer.accessToken());
  }

  private Answer consent(String subject, Map<String, ?> more) {
    Map<String, Object> all = new HashMap<>(more);
    all.put("subject", subject);
    return system.loginApplication().create("planner", REDIRECT, pkce, all);
  }

  private Answer redeem(Answer consent) {
    return planner.redeem(consent.text("code"), pkce.verifier(), REDIRECT);
  }

  @Test
  void shouldPutTheClientsOwnClaimsIntoItsAccessTokens() throws Exception {
    JWTClaimsSet claims = access(planner.clientCredentials());

    assertThat(claims.getLongClaim("plan_level")).isEqualTo(3);
    assertThat(claims.getStringClaim("region")).isEqualTo("eu");
    assertThat(claims.getStringListClaim("tags")).containsExactly("a", "b");
    assertThat(access(system.client("service").clientCredentials()).getClaim("region")).isNull();
  }

  @Test
  void shouldGiveAnApiResourceTheClaimsOfUsersItWantsAndNoOthers() throws Exception {
    JWTClaimsSet claims = access(redeem(consent("paula", Map.of("scope", "openid plans.read"))));

    assertThat(claims.getStringClaim("email")).isEqualTo("paula@example.org");
    assertThat(claims.getStringListClaim("roles")).containsExactly("planner", "buyer");
    assertThat(claims.getClaim("salary")).isNull();
    assertThat(claims.getClaim("unwanted")).isNull();
  }

  @Test
  void shouldBelieveAProviderBeforeTheRegistryAndTheLoginApplicationBeforeBoth() throws Exception {
    JWTClaimsSet provided = access(redeem(consent("paula", Map.of("scope", "plans.read"))));
    JWTClaimsSet vouched =
        access(redeem(consent("paula", Map.of("scope", "plans.read", "claims", Map.of("tier", "platinum")))));

    assertThat(provided.getStringClaim("tier")).isEqualTo("gold for planner");
    assertThat(vouched.getStringClaim("tier")).isEqualTo("platinum");
  }

  @Test
  void shouldGiveNothingOfAUserToAnApiResourceThatWantsNothing() throws Exception {
    Answer first = redeem(consent("paula", Map.of("scope", "offline_access plans.read orders.read")));
    JWTClaimsSet narrowed = access(planner.refresh(first.refreshToken(), "resource", "https://orders.example"));
    JWTClaimsSet wide = access(first);

    assertThat(narrowed.getClaim("email")).isNull();
    assertThat(narrowed.getStringClaim("region")).as("the client's own").isEqualTo("eu");
    assertThat(wide.getStringClaim("email")).isEqualTo("paula@example.org");
  }

  @Test
  void shouldRepeatThemAtEachRefresh() throws Exception {
    Answer first = redeem(consent("paula", Map.of("scope", "offline_access plans.read")));

    assertThat(access(planner.refresh(first.refreshToken())).getStringListClaim("roles"))
        .containsExactly("planner", "buyer");
  }

  @Test
  void shouldLeaveTheProtocolsOwnClaimsAloneWhateverTheLoginApplicationSays() throws Exception {
    Map<String, Object> attack = Map.of("sub", "root", "aud", "https://all.example", "scope", "orders.write", "exp",
        4_000_000_000L, "cnf", Map.of("jkt", "x"), "act", Map.of("sub", "root"), "client_id", "other");
    Answer answer = redeem(consent("paula", Map.of("scope", "openid plans.read", "claims", attack)));
    JWTClaimsSet claims = access(answer);
    JWTClaimsSet id = system.relyingParty().verified(answer.text("id_token"));

    assertThat(claims.getSubject()).isEqualTo("paula");
    assertThat(claims.getAudience()).containsExactly("https://plans.example");
    assertThat(claims.getStringClaim("scope")).isEqualTo("openid plans.read");
    assertThat(claims.getStringClaim("client_id")).isEqualTo("planner");
    assertThat(claims.getClaim("cnf")).isNull();
    assertThat(id.getSubject()).isEqualTo("paula");
    assertThat(id.getClaim("act")).isNull();
  }

  @Test
  void shouldGiveTheTokenOfADeviceTheClaimsOfItsUser() throws Exception {
    Answer device = system.publicClient("planner-tv").device("scope", "plans.read");
    Answer approval = system.loginApplication().post(
        "/login/device-authorizations/" + device.text("user_code") + "/approval", Map.of("subject", "paula"));
    assertThat(approval.status()).as(approval.toString()).isEqualTo(200);

    JWTClaimsSet claims = access(system.publicClient("planner-tv").poll(device.text("device_code")));

    assertThat(claims.getStringClaim("email")).isEqualTo("paula@example.org");
    assertThat(claims.getStringClaim("tier")).isEqualTo("gold for planner-tv");
  }

  @Test
  void shouldAnswer503WhereAProviderFailsOrTakesTooLong() {
    for (String subject : List.of("provider-fails", "provider-sleeps")) {
      Answer answer = consent(subject, Map.of("scope", "plans.read"));

      assertThat(answer.status()).as(subject).isEqualTo(503);
      assertThat(answer.error()).isEqualTo("temporarily_unavailable");
      assertThat(answer.header("Retry-After")).isPresent();
    }
  }

  @Test
  void shouldTake16384CharactersOfClaimsAndNoMore() {
    // {"address":"","tier":"gold for planner"}
    int rest = 16_384 - "{\"address\":\"\",\"tier\":\"gold for planner\"}".length();

    assertThat(consent("nobody", Map.of("claims", Map.of("address", "a".repeat(rest)))).status()).isEqualTo(200);
    assertThat(consent("nobody", Map.of("claims", Map.of("address", "a".repeat(rest + 1)))).error())
        .isEqualTo("invalid_request");
  }
}
