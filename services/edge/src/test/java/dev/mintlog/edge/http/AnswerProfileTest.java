package dev.mintlog.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.TokenError;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerProfileTest {
  @ParameterizedTest(name = "{0}: no {1} is {2}")
  @CsvSource({
      "RFC,             grant_type,    invalid_request",
      "RFC,             code,          invalid_request",
      "RFC,             username,      invalid_request",
      "RFC,             refresh_token, invalid_request",
      "IDENTITY_SERVER, grant_type,    unsupported_grant_type",
      "IDENTITY_SERVER, code,          invalid_grant",
      "IDENTITY_SERVER, username,      invalid_grant",
      "IDENTITY_SERVER, refresh_token, invalid_request",
      "IDENTITY_SERVER, device_code,   invalid_request",
      "IDENTITY_SERVER, auth_req_id,   invalid_request"})
  void shouldNameAMissingParameter(AnswerProfile profile, String parameter, String error) {
    Refusal missing = Form.EMPTY.require(parameter).match(value -> null, refusal -> refusal);

    Refusal told = profile.tell(missing, false);

    assertThat(told.error()).isEqualTo(error);
    assertThat(told.status()).isEqualTo(400);
    assertThat(told.description()).contains(parameter);
  }

  @ParameterizedTest(name = "{0}: invalid_client, by header {1}, is {2}")
  @CsvSource({"RFC, true, 401", "RFC, false, 400", "IDENTITY_SERVER, true, 400", "IDENTITY_SERVER, false, 400"})
  void shouldAnswerAWrongClient(AnswerProfile profile, boolean byHeader, int status) {
    Refusal told = profile.tell(Refusal.invalidClient("expected another"), byHeader);

    assertThat(told.status()).isEqualTo(status);
    assertThat(told.error()).isEqualTo("invalid_client");
  }

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource({"RFC, 405, 405", "RFC, 413, 413", "IDENTITY_SERVER, 405, 400", "IDENTITY_SERVER, 413, 400",
      "IDENTITY_SERVER, 415, 415", "IDENTITY_SERVER, 429, 429", "IDENTITY_SERVER, 500, 500", "IDENTITY_SERVER, 503, 503"})
  void shouldKeepToOneStatusForTheClientsFaultsAlone(AnswerProfile profile, int status, int expected) {
    assertThat(profile.tell(new Refusal(status, "invalid_request", "", 0), true).status())
        .isEqualTo(expected);
  }

  @Test
  void shouldLeaveWhatIsSaidBesides() {
    Refusal refusal = new Refusal(503, TokenError.TEMPORARILY_UNAVAILABLE.code(), "try again", 1);

    for (AnswerProfile profile : AnswerProfile.values()) {
      assertThat(profile.tell(refusal, true)).isEqualTo(refusal);
    }
  }
}
