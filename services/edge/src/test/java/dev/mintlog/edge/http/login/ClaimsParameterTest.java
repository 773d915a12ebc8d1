package dev.mintlog.edge.http.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.client.ClaimValues;
import dev.mintlog.edge.command.authorization.LoginCommands.Approval;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Core §5.5. */
class ClaimsParameterTest {
  private static final Approval APPROVAL = new Approval("alice", Optional.empty(),
      Optional.of(Instant.ofEpochSecond(1_700_000_000)), Optional.of("urn:acr:2"), List.of(), Optional.empty(),
      ClaimValues.NONE);
  private static final Approval BARE = new Approval("alice", Optional.empty(), Optional.empty(), Optional.empty(),
      List.of(), Optional.empty(), ClaimValues.NONE);

  private static ClaimsParameter idToken(String members) {
    return read("{\"id_token\":" + members + "}", new ArrayList<>());
  }

  private static ClaimsParameter read(String json, List<String> problems) {
    return ClaimsParameter.read(new JsonObject(json), problems::add);
  }

  @Test
  void shouldTakeWhatIsKnownAndWishedFor() {
    ClaimValues known = ClaimValues.NONE.withText("email", "a@example.org").withText("tier", "gold")
        .withJson("age", "30").withText("phone", "1");

    assertThat(idToken("{\"email\":null,\"age\":{\"values\":[20,30]},\"tier\":{\"value\":\"silver\"},\"pet\":null}")
        .forIdToken(known)).isEqualTo(new JsonObject("{\"email\":\"a@example.org\",\"age\":30}"));
  }

  @Test
  void shouldKeepApartWhatIsWishedForInEitherPlace() {
    ClaimValues known = ClaimValues.NONE.withText("email", "a@example.org").withText("tier", "gold");
    ClaimsParameter wished = read("{\"id_token\":{\"tier\":null,\"pet\":null},\"userinfo\":{\"email\":{\"essential\":true},"
        + "\"tier\":{\"value\":\"silver\"},\"shoe\":{\"essential\":true},\"iss\":null}}", new ArrayList<>());

    assertThat(wished.names()).containsExactlyInAnyOrder("tier", "pet", "email", "shoe");
    assertThat(wished.forIdToken(known)).isEqualTo(new JsonObject("{\"tier\":\"gold\"}"));
    assertThat(wished.forUserInfo(known).json()).isEqualTo("{\"email\":\"a@example.org\"}");
    assertThat(wished.unmet(APPROVAL)).isEmpty();
    assertThat(read("{\"userinfo\":{\"sub\":{\"value\":\"bob\"}}}", new ArrayList<>()).unmet(APPROVAL)).isPresent();
  }

  @Test
  void shouldLeaveTheProtocolsOwnClaimsToTheProtocol() {
    assertThat(idToken("{\"iss\":null,\"aud\":{\"value\":\"all\"},\"email\":null}").names()).containsExactly("email");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"sub\":{\"value\":\"bob\"}}", "{\"acr\":{\"essential\":true,\"value\":\"urn:acr:3\"}}",
      "{\"acr\":{\"essential\":true,\"values\":[\"urn:acr:3\",\"urn:acr:4\"]}}"})
  void shouldSayWhatASignInDoesNotMeet(String members) {
    assertThat(idToken(members).unmet(APPROVAL)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"sub\":{\"value\":\"alice\"}}", "{\"sub\":null}", "{\"acr\":{\"value\":\"urn:acr:3\"}}",
      "{\"acr\":{\"essential\":true,\"values\":[\"urn:acr:2\",\"urn:acr:3\"]}}", "{\"auth_time\":{\"essential\":true}}"})
  void shouldSayNothingWhereItIsMetOrVoluntary(String members) {
    assertThat(idToken(members).unmet(APPROVAL)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"auth_time\":{\"essential\":true}}", "{\"acr\":{\"essential\":true}}"})
  void shouldSayThatAnEssentialOneIsNotKnown(String members) {
    assertThat(idToken(members).unmet(BARE)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id_token\":[]}", "{\"userinfo\":\"email\"}", "{\"id_token\":{\"email\":true}}",
      "{\"id_token\":{\"email\":{\"essential\":\"yes\"}}}", "{\"id_token\":{\"email\":{\"values\":\"a\"}}}",
      "{\"id_token\":{\"email\":{\"values\":[null]}}}"})
  void shouldRefuseWhatIsNoClaimsParameter(String json) {
    List<String> problems = new ArrayList<>();

    read(json, problems);

    assertThat(problems).isNotEmpty().allSatisfy(problem -> assertThat(problem).startsWith("expected"));
  }

  @Test
  void shouldIgnoreMembersThatItDoesNotKnow() {
    List<String> problems = new ArrayList<>();

    assertThat(read("{\"verified_claims\":1,\"id_token\":{\"email\":{\"purpose\":\"fun\"}}}", problems).names())
        .containsExactly("email");
    assertThat(problems).isEmpty();
  }

  @Test
  void shouldTakeAHundredClaimsAndNoMore() {
    List<String> problems = new ArrayList<>();
    JsonObject claims = new JsonObject();
    for (int i = 0; i < ClaimsParameter.CLAIMS_MAX; i++) {
      claims.putNull("c" + i);
    }

    assertThat(ClaimsParameter.read(new JsonObject().put("id_token", claims), problems::add).names()).hasSize(100);
    assertThat(problems).isEmpty();
    ClaimsParameter.read(new JsonObject().put("id_token", claims.putNull("more")), problems::add);
    assertThat(problems).hasSize(1);
  }
}
