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

/** The claims parameter of an authorization request, OpenID Connect Core §5.5, from the login application on. */
class RequestedClaimsTest {
  private static final String REDIRECT = "https://planner.example/callback";

  private final RunningSystem system = RunningSystem.shared();
  private final TokenClient planner = system.client("planner");
  private final Pkce pkce = Pkce.random();

  private Answer create(Map<String, ?> idToken, Map<String, ?> more) {
    Map<String, Object> members = new HashMap<>(Map.of("subject", "paula", "scope", "openid offline_access plans.read",
        "requested_claims", Map.of("id_token", idToken)));
    members.putAll(more);
    return system.loginApplication().create("planner", REDIRECT, pkce, members);
  }

  private Answer tokens(Map<String, ?> idToken, Map<String, ?> more) {
    Answer code = create(idToken, more);
    assertThat(code.status()).as(code.toString()).isEqualTo(200);
    Answer answer = planner.redeem(code.text("code"), pkce.verifier(), REDIRECT);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  private JWTClaimsSet idToken(Answer answer) {
    return system.relyingParty().verified(answer.text("id_token"));
  }

  @Test
  void shouldPutIntoTheIdTokenWhatIsWishedForAndKnown() throws Exception {
    JWTClaimsSet claims = idToken(tokens(
        Map.of("email", Map.of("essential", true), "salary", Map.of(), "shoe_size", Map.of()), Map.of()));

    assertThat(claims.getStringClaim("email")).isEqualTo("paula@example.org");
    assertThat(claims.getLongClaim("salary")).isEqualTo(1);
    assertThat(claims.getClaims()).doesNotContainKeys("shoe_size", "roles", "address");
  }

  @Test
  void shouldKeepThemAtARefresh() throws Exception {
    Answer tokens = tokens(Map.of("email", Map.of()), Map.of());

    assertThat(idToken(planner.refresh(tokens.refreshToken())).getStringClaim("email")).isEqualTo("paula@example.org");
  }

  @Test
  void shouldPutNothingIntoTheAccessTokenThatItsApisDoNotWant() {
    Answer tokens = tokens(Map.of("salary", Map.of()), Map.of());

    assertThat(system.relyingParty().verified(tokens.accessToken()).getClaims()).containsKey("email")
        .doesNotContainKey("salary");
  }

  @Test
  void shouldLetTheLoginApplicationHaveTheLastWord() throws Exception {
    JWTClaimsSet claims = idToken(tokens(Map.of("email", Map.of()), Map.of("claims", Map.of("email", "new@example.org"))));

    assertThat(claims.getStringClaim("email")).isEqualTo("new@example.org");
  }

  @Test
  void shouldLeaveOutWhatHasAnotherValueThanIsWishedFor() {
    assertThat(idToken(tokens(Map.of("email", Map.of("value", "other@example.org")), Map.of())).getClaims())
        .doesNotContainKey("email");
  }

  @Test
  void shouldRefuseASignInThatDoesNotMeetAnEssentialWish() {
    assertRefused(create(Map.of("sub", Map.of("value", "bob")), Map.of()));
    assertRefused(create(Map.of("acr", Map.of("essential", true, "values", List.of("urn:mintlog:acr:hardware"))),
        Map.of()));
    assertThat(create(Map.of("acr", Map.of("essential", true, "values", List.of("urn:mintlog:acr:password"))),
        Map.of()).status()).isEqualTo(200);
  }

  @Test
  void shouldTellAtUserInfoWhatIsWishedForThereAndKnown() {
    Answer tokens = tokens(Map.of("id_token", Map.of("salary", Map.of()), "userinfo",
        Map.of("email", Map.of("essential", true), "roles", Map.of(), "shoe_size", Map.of("essential", true))));

    Answer told = userInfo(tokens);

    assertThat(told.status()).as(told.toString()).isEqualTo(200);
    assertThat(told.text("email")).isEqualTo("paula@example.org");
    assertThat(told.json().has("roles")).isTrue();
    assertThat(told.json().has("salary")).as("was wished for in the ID token alone").isFalse();
    assertThat(told.json().has("shoe_size")).as("is not known").isFalse();
    assertThat(idToken(tokens).getClaims()).containsKey("salary").doesNotContainKeys("email", "roles");
    // It was the authorization that was asked for: later tokens of it tell the same.
    assertThat(userInfo(planner.refresh(tokens.refreshToken())).text("email")).isEqualTo("paula@example.org");
  }

  @Test
  void shouldLetTheLoginApplicationHaveTheLastWordAtUserInfo() {
    Answer code = system.loginApplication().create("planner", REDIRECT, pkce, Map.of("subject", "paula",
        "scope", "openid plans.read", "claims", Map.of("email", "new@example.org"),
        "requested_claims", Map.of("userinfo", Map.of("email", Map.of()))));
    Answer tokens = planner.redeem(code.text("code"), pkce.verifier(), REDIRECT);

    assertThat(userInfo(tokens).text("email")).isEqualTo("new@example.org");
  }

  @Test
  void shouldLeaveOutAtUserInfoWhatHasAnotherValueThanIsWishedFor() {
    Answer tokens = tokens(Map.of("userinfo", Map.of("email", Map.of("value", "other@example.org"))));

    assertThat(userInfo(tokens).json().has("email")).isFalse();
  }

  @Test
  void shouldRefuseASignInOfAnotherSubjectThanIsWishedForAtUserInfo() {
    assertRefused(system.loginApplication().create("planner", REDIRECT, pkce, Map.of("subject", "paula",
        "requested_claims", Map.of("userinfo", Map.of("sub", Map.of("value", "bob"))))));
  }

  private Answer tokens(Map<String, ?> requested) {
    Answer code = system.loginApplication().create("planner", REDIRECT, pkce, Map.of("subject", "paula",
        "scope", "openid offline_access plans.read", "requested_claims", requested));
    assertThat(code.status()).as(code.toString()).isEqualTo(200);
    Answer answer = planner.redeem(code.text("code"), pkce.verifier(), REDIRECT);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  private Answer userInfo(Answer tokens) {
    return TokenClient.userInfo(system.edge(), "Bearer " + tokens.accessToken());
  }

  @Test
  void shouldRefuseWhatIsNoClaimsParameter() {
    assertRefused(system.loginApplication().create("planner", REDIRECT, pkce,
        Map.of("subject", "paula", "requested_claims", Map.of("id_token", List.of("email")))));
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("invalid_request");
    assertThat(answer.text("error_description")).startsWith("expected");
  }
}
