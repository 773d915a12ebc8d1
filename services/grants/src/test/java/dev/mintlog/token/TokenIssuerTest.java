package dev.mintlog.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.mintlog.answer.GrantTerms;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.client.AccessPolicy;
import dev.mintlog.client.AccessTokenType;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Client;
import dev.mintlog.client.ExchangePolicy;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 9068 and OpenID Connect Core §2. */
class TokenIssuerTest {
  private static final long NOON = Given.NOON.getEpochSecond();
  // OpenID Connect Core §3.1.3.6 names the hash; the example token and its at_hash are those of its Appendix A.3.
  private static final String TOKEN = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
  private static final String AT_HASH = "77QmUPtjPfzWtF2AnpK9RQ";

  private final List<TokenClaims> signed = new ArrayList<>();
  private final TokenIssuer issuer = new TokenIssuer(claims -> {
    signed.add(claims);
    return TOKEN;
  });

  @Test
  void shouldMakeAnAccessTokenOfTheSubject() {
    Play play = Play.withHandle();
    GrantTerms terms = play.granted().terms();
    issuer.issue(Given.APP, terms, Optional.of(((Active) play.state()).consent()));
    assertThat(signed.get(0).type()).isEqualTo("at+jwt");
    assertThat(signed.get(0).key()).isEqualTo(Given.RSA_KEY);
    assertThat(signed.get(0).claims()).containsExactly(
        entry("iss", Given.ISSUER), entry("sub", "alice"), entry("aud", "https://orders.example.org"),
        entry("client_id", Given.APP), entry("scope", "offline_access openid orders"),
        entry("iat", NOON), entry("nbf", NOON), entry("exp", NOON + 3600), entry("jti", terms.jti()),
        entry("auth_time", NOON - 30), entry("acr", "urn:acr:2"), entry("amr", List.of("pwd", "otp")));
  }

  @Test
  void shouldMakeAnIdTokenOfTheAuthentication() {
    Play play = Play.withHandle();
    Issued issued = issuer.issue(Given.APP, play.granted().terms(), Optional.of(((Active) play.state()).consent()));
    assertThat(issued.idToken()).isPresent();
    assertThat(signed.get(1).type()).isEqualTo("JWT");
    assertThat(signed.get(1).claims()).containsExactly(
        entry("iss", Given.ISSUER), entry("sub", "alice"), entry("aud", Given.APP), entry("azp", Given.APP),
        entry("iat", NOON), entry("nbf", NOON), entry("exp", NOON + 300),
        entry("jti", play.granted().terms().jti() + ".id"), entry("at_hash", AT_HASH),
        entry("nonce", "n-0S6_WzA2Mj"), entry("auth_time", NOON - 30), entry("acr", "urn:acr:2"),
        entry("amr", List.of("pwd", "otp")));
  }

  @Test
  void shouldSayWhatClientsOfEntraIdReadWhereTheyAsk() {
    Play play = Play.withHandle()
        .then(delivery -> Given.inEntraStyle(Given.refresh(delivery, 1), "openid offline_access profile orders"));

    issuer.issue(Given.APP, play.granted().terms(), Optional.of(((Active) play.state()).consent()));

    assertThat(signed.get(0).claims()).containsEntry("tid", "default").containsEntry("oid", "alice")
        .containsEntry("scp", "offline_access openid orders").doesNotContainKeys("upn", "roles", "idtyp");
    assertThat(signed.get(1).claims()).containsEntry("tid", "default").containsEntry("oid", "alice")
        .doesNotContainKey("preferred_username");
  }

  /** An API that finds {@code scp} takes the token for a user's. */
  @Test
  void shouldSayToApisMadeForEntraIdThatAClientActsForItself() {
    Play play = Play.under(Given.registration())
        .then(delivery -> Given.inEntraStyle(Given.clientCredentials(delivery), "stock orders"));

    issuer.issue(Given.APP, play.granted().terms(), Optional.empty());

    assertThat(signed.get(0).claims()).containsEntry("roles", List.of("orders", "stock")).containsEntry("idtyp", "app")
        .containsEntry("oid", Given.APP).containsEntry("scope", "orders stock").doesNotContainKeys("scp", "upn");
  }

  @Test
  void shouldLeaveAClientTheRolesThatItsOperatorGaveIt() {
    ClaimValues roles = ClaimValues.NONE.withTexts("roles", List.of("auditor"));
    AccessPolicy access =
        new AccessPolicy(true, roles, ExchangePolicy.NONE, AccessTokenType.JWT, Set.of());
    Play play = Play.under(Given.registration(Given.client().withAccess(access)))
        .then(delivery -> Given.inEntraStyle(Given.clientCredentials(delivery), "orders"));

    issuer.issue(Given.APP, play.granted().terms(), Optional.empty());

    assertThat(signed.get(0).claims()).containsEntry("idtyp", "app").doesNotContainKeys("scp", "roles");
    assertThat(signed.get(0).further().orElseThrow().json()).isEqualTo("{\"roles\":[\"auditor\"]}");
  }

  @Test
  void shouldMakeNoIdTokenWithoutOpenid() {
    Play play = Play.withCode("orders").then(Given::redeem);
    Issued issued = issuer.issue(Given.APP, play.granted().terms(), Optional.of(((Active) play.state()).consent()));
    assertThat(issued.idToken()).isEmpty();
    assertThat(signed).hasSize(1);
  }

  @Test
  void shouldClaimNothingOfAnAuthenticationForAClientOfItsOwnRight() {
    Play play = Play.under(Given.registration()).then(Given::clientCredentials);
    issuer.issue(Given.APP, play.granted().terms(), Optional.empty());
    assertThat(signed.get(0).claims()).containsEntry("sub", Given.APP)
        .containsEntry("aud", List.of("https://orders.example.org", "https://stock.example.org"))
        .doesNotContainKeys("auth_time", "acr", "amr", "nonce");
  }

  @Test
  void shouldLeaveOutWhatTheLoginDidNotSay() {
    Consent bare = new Consent(Given.APP, "alice", Scopes.of("openid"), Optional.empty(), Optional.empty(), List.of(),
        Optional.empty(), Optional.empty());
    Play play = Play.under(Given.registration()).then(delivery -> Given.createAuthorization(delivery, bare))
        .then(Given::redeem);
    issuer.issue(Given.APP, play.granted().terms(), Optional.of(bare));
    assertThat(signed.get(1).claims()).doesNotContainKeys("auth_time", "acr", "amr", "nonce");
  }

  @Test
  void shouldCarryFurtherClaimsInTheIdTokenOnly() {
    Consent consent = new Consent(Given.APP, "alice", Scopes.of("openid"), Optional.empty(), Optional.empty(),
        List.of(), Optional.empty(), Optional.of(new FurtherClaims("{\"name\":\"Alice\"}")));
    Play play = Play.under(Given.registration()).then(delivery -> Given.createAuthorization(delivery, consent))
        .then(Given::redeem);
    issuer.issue(Given.APP, play.granted().terms(), Optional.of(consent));
    assertThat(signed.get(0).further()).isEmpty();
    assertThat(signed.get(1).further()).isEqualTo(consent.claims());
  }

  /** Ed25519 hashes with SHA-512, of which the left half is 32 bytes. */
  @Test
  void shouldHashTheAccessTokenWithTheHashOfTheAlgorithm() {
    Client client = Given.withTokens(Given.client(), new Client.TokenPolicy(SigningAlgorithm.EDDSA,
        Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofMinutes(5)));
    Play play = Play.under(Given.registration(client))
        .then(delivery -> Given.createAuthorization(delivery, Given.consent("openid"))).then(Given::redeem);
    issuer.issue(Given.APP, play.granted().terms(), Optional.of(((Active) play.state()).consent()));
    assertThat((String) signed.get(1).claims().get("at_hash")).hasSize(43);
  }

  @Test
  void shouldClaimTheSameForTheSameTerms() {
    Play play = Play.withHandle();
    Optional<Consent> consent = Optional.of(((Active) play.state()).consent());
    issuer.issue(Given.APP, play.granted().terms(), consent);
    issuer.issue(Given.APP, play.granted().terms(), consent);
    assertThat(signed.subList(2, 4)).isEqualTo(signed.subList(0, 2));
  }

  @Test
  void shouldNotPrintATokenNorAClaim() {
    Play play = Play.withHandle();
    Issued issued = issuer.issue(Given.APP, play.granted().terms(), Optional.of(((Active) play.state()).consent()));
    assertThat(issued.toString()).doesNotContain(TOKEN);
    assertThat(signed.get(1).toString()).doesNotContain("alice").doesNotContain("n-0S6");
    assertThat(new FurtherClaims("{\"name\":\"Alice\"}").toString()).doesNotContain("Alice");
  }
}
