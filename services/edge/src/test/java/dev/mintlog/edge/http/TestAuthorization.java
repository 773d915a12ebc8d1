package dev.mintlog.edge.http;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.CodeIssued;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.authorization.Rotation;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.client.Scopes;
import dev.mintlog.edge.TestTokens;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An authorization of alice at a client, with the tokens that it gave. */
public final class TestAuthorization {
  public static final String API = "https://api.example";

  private final ServedEdge edge;
  private final String clientId;
  private final HandleSecret secret = HandleSecret.random(new SecureRandom());
  private final Instant bornAt = Instant.now().minusSeconds(60);
  private Optional<FurtherClaims> claims = Optional.empty();

  public TestAuthorization(ServedEdge edge, String clientId) {
    this.edge = edge;
    this.clientId = clientId;
  }

  public TestAuthorization withClaims(String json) {
    claims = Optional.of(new FurtherClaims(json));
    return this;
  }

  /** It was redeemed, and its refresh handle has a generation. */
  public TestAuthorization active(int generation) {
    return put(new Active(HandleKind.CODE, consent(), new Rotation(generation, bornAt, Optional.empty())));
  }

  public TestAuthorization revoked() {
    return put(new Active(HandleKind.CODE, consent(), Rotation.first(bornAt)).revoke(RevocationReason.REQUESTED));
  }

  /** Its code was not redeemed yet. */
  public TestAuthorization unredeemed() {
    return put(new CodeIssued(consent(), Optional.empty(), Optional.empty(), Instant.now().plusSeconds(60)));
  }

  private TestAuthorization put(AuthorizationState state) {
    edge.states.put(authorization(state));
    return this;
  }

  Authorization authorization(AuthorizationState state) {
    Applied applied =
        new Applied(new CommandId("A".repeat(22)), new LogPosition("topic", 0, 0), new Answer.Done());
    return Authorization.born(id(), state, applied, bornAt, Instant.now().plusSeconds(900));
  }

  private Consent consent() {
    return new Consent(clientId, "alice-1", Scopes.of("openid", "offline_access", "api.read"), Optional.empty(),
        Optional.empty(), List.of(), Optional.empty(), claims);
  }

  public AuthorizationId id() {
    return secret.authorizationId("default");
  }

  public Instant bornAt() {
    return bornAt;
  }

  public String refreshToken(int generation) {
    return edge.handles.write("default", secret, HandleKind.REFRESH_TOKEN, generation);
  }

  /** An access token for the API. */
  public String accessToken() {
    return accessToken("openid api.read");
  }

  public String accessToken(String scope) {
    return TestTokens.token(claims -> claims.jwtID(id().value() + ".BBBBBBBBBBBBBBBBBBBBBB").subject("alice-1")
        .audience(API).claim("client_id", clientId).claim("scope", scope).claim("acr", "urn:mfa"));
  }
}
