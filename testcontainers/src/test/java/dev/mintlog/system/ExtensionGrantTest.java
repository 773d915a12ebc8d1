package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.PrintedTickets;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TestExtensionGrant;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.schema.TokenDenied;
import dev.mintlog.schema.TokenIssued;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 §4.5 on the running system, with the example grant and one that misbehaves on its class path. */
class ExtensionGrantTest {
  private final RunningSystem system = RunningSystem.shared();
  private final TokenClient desk = system.client("desk");

  private Answer present(String ticket, String... more) {
    List<String> fields = new ArrayList<>(List.of("ticket", ticket));
    fields.addAll(List.of(more));
    return desk.token(PrintedTickets.GRANT_TYPE, fields.toArray(String[]::new));
  }

  private Answer behave(String behaviour, String credential) {
    return desk.token(TestExtensionGrant.TYPE, "behaviour", behaviour, "credential", credential);
  }

  private JWTClaimsSet access(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return system.relyingParty().verified(answer.accessToken());
  }

  private static String ticket(String subject) {
    return PrintedTickets.print("desk", subject, Instant.now().plusSeconds(60));
  }

  @Test
  void shouldIssueTokensToTheUserWhomACredentialStandsFor() throws Exception {
    Answer answer = present(ticket("visitor-7"), "scope", "openid offline_access orders.read");

    JWTClaimsSet access = access(answer);
    JWTClaimsSet id = system.relyingParty().verified(answer.text("id_token"));
    assertThat(access.getSubject()).isEqualTo("visitor-7");
    assertThat(access.getStringClaim("client_id")).isEqualTo("desk");
    assertThat(access.getStringClaim("scope")).isEqualTo("offline_access openid orders.read");
    assertThat(access.getAudience()).containsExactly("https://orders.example");
    assertThat(id.getStringListClaim("amr")).containsExactly("user");
    assertThat(id.getDateClaim("auth_time")).isNotNull();
  }

  @Test
  void shouldRecordTheTokenUnderItsGrantType() throws Exception {
    String jti = access(present(ticket("visitor-8"))).getJWTID();

    assertThat(new Log(system).events(TokenIssued.class)).as("the record is there before the token")
        .anySatisfy(event -> {
          assertThat(event.getJti()).isEqualTo(jti);
          assertThat(event.getGrantType()).isEqualTo(PrintedTickets.GRANT_TYPE);
          assertThat(event.getSubject()).isEqualTo("visitor-8");
        });
  }

  @Test
  void shouldRefreshAndRevokeItsTokens() {
    Answer first = present(ticket("visitor-9"), "scope", "offline_access orders.read");
    Answer second = desk.refresh(first.refreshToken());
    assertThat(access(second).getSubject()).isEqualTo("visitor-9");

    assertThat(desk.revoke(second.accessToken()).status()).isEqualTo(200);

    assertThat(desk.refresh(second.refreshToken()).error()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldIssueATokenToTheClientItself() {
    Answer answer = behave("client", "any");

    assertThat(access(answer).getSubject()).isEqualTo("desk");
    assertThat(answer.has("refresh_token")).isFalse();
    assertThat(answer.has("id_token")).isFalse();
  }

  @Test
  void shouldGiveAnApiResourceTheClaimsItWants() throws Exception {
    Answer answer = desk.token(TestExtensionGrant.TYPE, "behaviour", "claims", "scope", "plans.read");

    assertThat(access(answer).getStringClaim("tier")).as("the extension before providers").isEqualTo("bronze");
    assertThat(access(answer).getClaim("unwanted")).isNull();
  }

  @Test
  void shouldRefuseACredentialThatDoesNotHoldAndAuditIt() {
    List<String> wrong = List.of("x", ticket("visitor").replace("visitor", "manager"),
        PrintedTickets.print("other", "visitor", Instant.now().plusSeconds(60)),
        PrintedTickets.print("desk", "visitor", Instant.now().minusSeconds(1)));
    for (String ticket : wrong) {
      assertThat(present(ticket).error()).as(ticket).isEqualTo("invalid_grant");
    }

    Awaitility.await().atMost(20, TimeUnit.SECONDS).untilAsserted(() ->
        assertThat(new Log(system).events(TokenDenied.class)).anySatisfy(event -> {
          assertThat(event.getGrantType()).isEqualTo(PrintedTickets.GRANT_TYPE);
          assertThat(event.getError()).isEqualTo("invalid_grant");
          assertThat(event.getHeader().getClientId()).isEqualTo("desk");
        }));
  }

  @Test
  void shouldRefuseARequestWithoutCredential() {
    Answer answer = desk.token(PrintedTickets.GRANT_TYPE);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("invalid_request");
    assertThat(answer.text("error_description")).contains("ticket");
  }

  @Test
  void shouldRefuseAScopeThatTheClientMayNotHave() {
    assertThat(present(ticket("visitor"), "scope", "billing.read").error()).isEqualTo("invalid_scope");
  }

  @Test
  void shouldRefuseAClientThatIsNotRegisteredForIt() {
    Answer answer = system.client("service").token(PrintedTickets.GRANT_TYPE, "ticket", ticket("visitor"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("unauthorized_client");
  }

  @Test
  void shouldRefuseAUserWhoIsDisabled() {
    assertThat(present(ticket("disabled-visitor")).error()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldNotRepeatACredentialThatAnExtensionRepeats() {
    assertThat(behave("unknown", "credential-of-carla").text("error_description")).doesNotContain("carla");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sleep", "fail"})
  void shouldAnswer503WhereAnExtensionFailsOrTakesTooLong(String behaviour) {
    Answer answer = behave(behaviour, "credential-of-carla");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.error()).isEqualTo("temporarily_unavailable");
    assertThat(answer.header("Retry-After")).isPresent();
  }

  @Test
  void shouldRefuseASubjectThatIsNone() {
    assertThat(behave("user", "two words").status()).isEqualTo(503);
    assertThat(behave("user", "x".repeat(256)).status()).isEqualTo(503);
    assertThat(access(behave("user", "x".repeat(255))).getSubject()).hasSize(255);
  }
}
