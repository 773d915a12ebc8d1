package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** RFC 8628. */
class DeviceCodeGrantTest {
  private final RunningSystem system = RunningSystem.shared();

  @Test
  void shouldTellTheDeviceWhatItsUserHasToDo() {
    Answer device = system.publicClient("tv").device("scope", "openid orders.read");

    assertThat(device.status()).as(device.toString()).isEqualTo(200);
    assertThat(device.text("device_code")).isNotBlank();
    assertThat(device.text("user_code")).matches("[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}");
    assertThat(device.text("verification_uri")).isNotBlank();
    assertThat(device.text("verification_uri_complete")).contains(device.text("user_code"));
    assertThat(device.json().get("expires_in").asInt()).isEqualTo(300);
    assertThat(device.json().get("interval").asInt()).isEqualTo(1);
  }

  @Test
  void shouldIssueTokensOnceTheUserHasApproved() {
    // Given
    Answer device = system.publicClient("tv").device();
    assertThat(system.publicClient("tv").poll(device.text("device_code")).error()).isEqualTo("authorization_pending");

    // When
    assertThat(system.loginApplication().look(device.text("user_code")).status()).isEqualTo(200);
    Answer approval = system.loginApplication().approve(device.text("user_code"));
    Answer tokens = system.publicClient("tv").poll(device.text("device_code"));

    // Then
    assertThat(approval.status()).as(approval.toString()).isIn(200, 204);
    assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
    assertThat(system.relyingParty().verified(tokens.accessToken()).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(tokens.has("id_token")).isTrue();
    assertThat(system.publicClient("tv").refresh(tokens.refreshToken()).status()).isEqualTo(200);
  }

  @Test
  void shouldAcceptTheShortNameOfTheGrantType() {
    Answer device = system.publicClient("tv").device();
    system.loginApplication().approve(device.text("user_code"));

    Answer tokens =
        system.publicClient("tv").token("device_code", "device_code", device.text("device_code"));

    assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
  }

  @Test
  void shouldGiveTheSameTokensToAPollThatIsRepeated() {
    Answer device = system.publicClient("tv").device();
    system.loginApplication().approve(device.text("user_code"));

    Answer first = system.publicClient("tv").poll(device.text("device_code"));
    Answer again = system.publicClient("tv").poll(device.text("device_code"));

    assertThat(again.status()).as(again.toString()).isEqualTo(200);
    assertThat(again.refreshToken()).isEqualTo(first.refreshToken());
  }

  @Test
  void shouldRevokeTheTokensOfADeviceCodeThatIsPresentedAfterTheGraceWindow() {
    TokenClient tv = system.publicClient("hasty-tv");
    Answer device = tv.device();
    system.loginApplication().approve(device.text("user_code"));
    Answer tokens = tv.poll(device.text("device_code"));
    assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
    assertThat(tokens.has("id_token")).as("no openid").isFalse();

    assertThat(tv.poll(device.text("device_code")).error()).isEqualTo("invalid_grant");

    assertThat(tv.refresh(tokens.refreshToken()).error()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldGrantAllThatTheClientMayHaveWhereNothingIsAskedFor() {
    Answer device = system.publicClient("tv").device();
    system.loginApplication().approve(device.text("user_code"));

    assertThat(system.publicClient("tv").poll(device.text("device_code")).text("scope"))
        .isEqualTo("offline_access openid orders.read");
  }

  @Test
  void shouldSlowDownADeviceThatPollsTooFast() {
    Answer device = system.publicClient("slow-tv").device();

    Answer first = system.publicClient("slow-tv").poll(device.text("device_code"));
    Answer second = system.publicClient("slow-tv").poll(device.text("device_code"));

    assertThat(first.error()).isEqualTo("authorization_pending");
    assertThat(second.error()).isEqualTo("slow_down");
  }

  @Test
  void shouldDenyWhereTheUserRefused() {
    Answer device = system.publicClient("tv").device();

    Answer refusal = system.loginApplication().refuse(device.text("user_code"));

    assertThat(refusal.status()).as(refusal.toString()).isIn(200, 204);
    assertThat(system.publicClient("tv").poll(device.text("device_code")).error()).isEqualTo("access_denied");
    assertThat(system.publicClient("tv").poll(device.text("device_code")).error()).as("again").isEqualTo("access_denied");
  }

  @Test
  void shouldSetADecisionOnce() {
    Answer device = system.publicClient("tv").device();
    String userCode = device.text("user_code");
    int approved = system.loginApplication().approve(userCode).status();

    assertThat(system.loginApplication().approve(userCode).status()).as("the same again").isEqualTo(approved);
    assertThat(system.loginApplication().refuse(userCode).status()).as("the opposite").isEqualTo(409);
  }

  @Test
  void shouldFindAUserCodeHoweverItIsTyped() {
    Answer device = system.publicClient("tv").device();
    String typed = device.text("user_code").replace("-", "").toLowerCase(java.util.Locale.ROOT);

    assertThat(system.loginApplication().look(typed).status()).isEqualTo(200);
    assertThat(system.loginApplication().look("BBBB-BBBB").status()).isEqualTo(404);
  }

  @Test
  void shouldSayThatADeviceCodeHasExpired() {
    Answer device = system.publicClient("brief-tv").device();

    Awaitility.await().pollInterval(Duration.ofMillis(300)).untilAsserted(() -> assertThat(
        system.publicClient("brief-tv").poll(device.text("device_code")).error()).isEqualTo("expired_token"));
  }

  @Test
  void shouldRefuseAnotherClientsDeviceCode() {
    Answer device = system.publicClient("tv").device();

    assertThat(system.publicClient("slow-tv").poll(device.text("device_code")).error()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldRefuseAClientThatIsNotRegisteredForTheGrant() {
    assertThat(system.client("web").device().error()).isEqualTo("unauthorized_client");
  }
}
