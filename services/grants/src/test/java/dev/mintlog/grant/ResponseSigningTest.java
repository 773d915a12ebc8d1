package dev.mintlog.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.ResponseKind;
import dev.mintlog.answer.ResponseTerms;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.client.Client;
import dev.mintlog.client.Registration;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.command.Command.SignResponse;
import dev.mintlog.event.AuditEvent;
import dev.mintlog.fixture.Given;
import dev.mintlog.life.CommandLife;
import dev.mintlog.life.Step;
import dev.mintlog.token.TokenClaims;
import dev.mintlog.token.TokenIssuer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 9701 §5 and OpenID Connect Core §5.3.2. */
class ResponseSigningTest {
  private static final FurtherClaims CONTENT = new FurtherClaims("{\"active\":false}");

  @Test
  void shouldRecordTheSignatureBeforeTheResponseLeaves() {
    SignResponse command = command(ResponseKind.TOKEN_INTROSPECTION);
    CommandLife life = new CommandLife(command, Given.registration());

    Step.Publish publish = (Step.Publish) life.begin(Given.NOON);

    ResponseTerms terms = ((Answer.Signed) publish.answer()).terms();
    assertThat(terms).isEqualTo(new ResponseTerms(
        ResponseKind.TOKEN_INTROSPECTION, Given.ISSUER, Given.APP, Given.NOON, Given.RSA_KEY));
    assertThat(publish.events()).containsExactly(new AuditEvent.ResponseSigned(command, terms));
    assertThat(life.published(Given.NOON)).isEqualTo(new Step.Reply(publish.answer()));
    assertThat(life.replied(Given.NOON)).isEqualTo(new Step.Finish());
  }

  @Test
  void shouldSignWithTheAlgorithmOfTheClient() {
    Client client = Given.withTokens(Given.client(), new Client.TokenPolicy(
        SigningAlgorithm.ES256, Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofMinutes(5)));

    assertThat(terms(Given.registration(client)).key().algorithm()).isEqualTo(SigningAlgorithm.ES256);
  }

  @Test
  void shouldTakeAnotherKeyWhereTheUsualAlgorithmHasNone() {
    Client client = Given.withTokens(Given.client(), new Client.TokenPolicy(
        SigningAlgorithm.PS256, Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofMinutes(5)));

    assertThat(terms(Given.registration(client)).key()).isEqualTo(Given.RSA_KEY);
  }

  @Test
  void shouldSignNothingForADisabledClientNorTooLate() {
    SignResponse command = command(ResponseKind.USERINFO);
    Step.Publish disabled = (Step.Publish) new CommandLife(
        command, Given.registration(Given.disabled(Given.client()))).begin(Given.NOON);
    Step.Publish late = (Step.Publish) new CommandLife(command, Given.registration())
        .begin(command.delivery().deadline().plusMillis(1));

    assertThat(((Answer.Denied) disabled.answer()).error()).isEqualTo(TokenError.INVALID_CLIENT);
    assertThat(((Answer.Denied) late.answer()).error()).isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);
  }

  @Test
  void shouldMakeAResponseThatNobodyTakesForAToken() {
    List<TokenClaims> signed = new ArrayList<>();
    TokenIssuer issuer = new TokenIssuer(claims -> {
      signed.add(claims);
      return "signed";
    });

    issuer.sign(terms(ResponseKind.TOKEN_INTROSPECTION), Optional.empty(), CONTENT);
    issuer.sign(terms(ResponseKind.USERINFO), Optional.of("alice"), new FurtherClaims("{\"email\":\"a@b\"}"));

    assertThat(signed.get(0).type()).isEqualTo("token-introspection+jwt");
    assertThat(signed.get(0).claims()).isEqualTo(
        Map.of("iss", Given.ISSUER, "aud", Given.APP, "iat", Given.NOON.getEpochSecond()));
    assertThat(signed.get(0).further().orElseThrow().json()).isEqualTo("{\"token_introspection\":{\"active\":false}}");
    assertThat(signed.get(1).claims()).as("without exp it is no ID token")
        .isEqualTo(Map.of("iss", Given.ISSUER, "aud", Given.APP, "sub", "alice"));
    assertThat(signed.get(1).further().orElseThrow().json()).isEqualTo("{\"email\":\"a@b\"}");
  }

  private static ResponseTerms terms(ResponseKind kind) {
    return new ResponseTerms(kind, Given.ISSUER, Given.APP, Given.NOON, Given.RSA_KEY);
  }

  private static ResponseTerms terms(Registration registration) {
    Step.Publish publish =
        (Step.Publish) new CommandLife(command(ResponseKind.USERINFO), registration).begin(Given.NOON);
    return ((Answer.Signed) publish.answer()).terms();
  }

  private static SignResponse command(ResponseKind kind) {
    return new SignResponse(
        Given.delivery(1, Given.NOON), Given.TENANT.name(), Given.APP, kind, Optional.of("alice"), CONTENT);
  }
}
