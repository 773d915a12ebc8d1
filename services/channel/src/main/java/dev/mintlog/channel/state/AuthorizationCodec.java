package dev.mintlog.channel.state;

import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Approved;
import dev.mintlog.authorization.AuthorizationState.CodeIssued;
import dev.mintlog.authorization.AuthorizationState.Pending;
import dev.mintlog.authorization.AuthorizationState.Refused;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.CodeChallenge;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.authorization.PollClock;
import dev.mintlog.authorization.ReferenceTokens;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.authorization.Rotation;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Scopes;
import dev.mintlog.schema.AuthorizationState;
import dev.mintlog.schema.ConsentState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The core's Authorization and the record it rests as. Times are kept to the millisecond, durations to the second. */
public final class AuthorizationCodec {
  private static final String CODE_ISSUED = "code-issued";
  private static final String PENDING = "pending";
  private static final String APPROVED = "approved";
  private static final String REFUSED = "refused";
  private static final String ACTIVE = "active";
  private static final String REVOKED = "revoked";

  private AuthorizationCodec() {}

  public static AuthorizationState toWire(Authorization authorization) {
    AuthorizationState wire = new AuthorizationState();
    wire.setTenant(authorization.id().tenant());
    wire.setAuthorizationId(authorization.id().value());
    wire.setVersion(authorization.version());
    wire.setBornAt(authorization.bornAt());
    wire.setKeptUntil(authorization.keptUntil());
    Applied applied = authorization.applied();
    wire.setLastCommandId(applied.commandId().value());
    wire.setLastTopicId(applied.position().topicId());
    wire.setLastPartition(applied.position().partition());
    wire.setLastOffset(applied.position().offset());
    wire.setLastAnswer(AnswerCodec.toWire(applied.answer()));
    wire.setClientId(authorization.state().clientId());
    wire.setReferences(List.of());
    return authorization.state().match(
        code -> write(wire, code),
        pending -> write(wire, pending),
        approved -> write(wire, approved),
        refused -> write(wire, refused),
        active -> write(wire, active),
        revoked -> write(wire, revoked));
  }

  /** @throws IllegalArgumentException where the record is of a kind or form that this version does not know */
  public static Authorization ofWire(AuthorizationState wire) {
    Applied applied = new Applied(
        new CommandId(wire.getLastCommandId()),
        new LogPosition(wire.getLastTopicId(), wire.getLastPartition(), wire.getLastOffset()),
        AnswerCodec.ofWire(wire.getLastAnswer()));
    return new Authorization(
        new AuthorizationId(wire.getTenant(), wire.getAuthorizationId()),
        wire.getVersion(),
        state(wire),
        applied,
        wire.getBornAt(),
        wire.getKeptUntil());
  }

  private static dev.mintlog.authorization.AuthorizationState state(AuthorizationState wire) {
    return switch (wire.getKind()) {
      case CODE_ISSUED -> new CodeIssued(
          consent(wire),
          Optional.ofNullable(wire.getRedirectUri()),
          Optional.ofNullable(wire.getCodeChallenge()).map(CodeChallenge::new),
          Required.field("codeExpiresAt", wire.getCodeExpiresAt()));
      case ACTIVE -> new Active(
          constant(HandleKind.class, Required.field("origin", wire.getOrigin())),
          consent(wire),
          new Rotation(
              Required.field("generation", wire.getGeneration()),
              Required.field("generationSince", wire.getGenerationSince()),
              Optional.ofNullable(wire.getPreviousSince()),
              Optional.ofNullable(wire.getRefreshUsedAt())),
          new ReferenceTokens(wire.getReferences().stream().map(AnswerCodec::terms).toList()));
      case REVOKED -> new Revoked(
          wire.getClientId(),
          Optional.ofNullable(wire.getRevokedSubject()),
          constant(RevocationReason.class, Required.field("revocationReason", wire.getRevocationReason())));
      default -> polled(wire);
    };
  }

  private static dev.mintlog.authorization.AuthorizationState polled(AuthorizationState wire) {
    return switch (PolledRequestCodec.where(wire)) {
      case PENDING -> new Pending(PolledRequestCodec.read(wire), new PollClock(
          Duration.ofSeconds(Required.field("pollIntervalSeconds", wire.getPollIntervalSeconds())),
          Optional.ofNullable(wire.getLastPoll())));
      case APPROVED -> new Approved(PolledRequestCodec.read(wire), consent(wire));
      case REFUSED -> new Refused(PolledRequestCodec.read(wire));
      default -> throw new IllegalArgumentException(
          "expected a kind of state known to this version, but found '" + wire.getKind() + "'");
    };
  }

  private static AuthorizationState write(AuthorizationState wire, CodeIssued code) {
    wire.setKind(CODE_ISSUED);
    wire.setConsent(consent(code.consent()));
    wire.setRedirectUri(code.redirectUri().orElse(null));
    wire.setCodeChallenge(code.challenge().map(CodeChallenge::value).orElse(null));
    wire.setCodeExpiresAt(code.expiresAt());
    return wire;
  }

  private static AuthorizationState write(AuthorizationState wire, Pending pending) {
    wire.setPollIntervalSeconds(pending.polls().interval().toSeconds());
    wire.setLastPoll(pending.polls().lastPoll().orElse(null));
    return PolledRequestCodec.write(wire, pending.request(), PENDING);
  }

  private static AuthorizationState write(AuthorizationState wire, Approved approved) {
    wire.setConsent(consent(approved.consent()));
    return PolledRequestCodec.write(wire, approved.request(), APPROVED);
  }

  private static AuthorizationState write(AuthorizationState wire, Refused refused) {
    return PolledRequestCodec.write(wire, refused.request(), REFUSED);
  }

  private static AuthorizationState write(AuthorizationState wire, Active active) {
    wire.setKind(ACTIVE);
    wire.setOrigin(WireName.of(active.origin()));
    wire.setConsent(consent(active.consent()));
    wire.setGeneration(active.rotation().generation());
    wire.setGenerationSince(active.rotation().since());
    wire.setPreviousSince(active.rotation().previousSince().orElse(null));
    wire.setRefreshUsedAt(active.rotation().usedAt().orElse(null));
    wire.setReferences(active.references().issued().stream().map(AnswerCodec::terms).toList());
    return wire;
  }

  private static AuthorizationState write(AuthorizationState wire, Revoked revoked) {
    wire.setKind(REVOKED);
    wire.setRevocationReason(WireName.of(revoked.reason()));
    wire.setRevokedSubject(revoked.subject().orElse(null));
    return wire;
  }

  private static ConsentState consent(Consent consent) {
    ConsentState wire = new ConsentState();
    wire.setClientId(consent.clientId());
    wire.setSubject(consent.subject());
    wire.setScope(consent.scopes().text());
    wire.setAuthTime(consent.authTime().orElse(null));
    wire.setAcr(consent.acr().orElse(null));
    wire.setAmr(consent.amr());
    wire.setNonce(consent.nonce().orElse(null));
    wire.setClaims(consent.claims().map(FurtherClaims::json).orElse(null));
    wire.setResources(consent.resources());
    wire.setConfirmation(ConfirmationCodec.toWire(consent.confirmation()));
    wire.setUserClaims(consent.userClaims().jsonByName());
    wire.setIdp(consent.idp().orElse(null));
    wire.setAuthorizationDetails(AnswerCodec.detailsToWire(consent.details()));
    wire.setUserInfoClaims(consent.userInfoClaims().jsonByName());
    wire.setOriginId(consent.origin().map(AuthorizationId::value).orElse(null));
    wire.setAssertionIssuer(consent.assertionIssuer().orElse(null));
    return wire;
  }

  private static Consent consent(AuthorizationState state) {
    ConsentState wire = Required.field("consent", state.getConsent());
    return new Consent(
        wire.getClientId(),
        wire.getSubject(),
        Scopes.parse(wire.getScope()),
        Optional.ofNullable(wire.getAuthTime()),
        Optional.ofNullable(wire.getAcr()),
        List.copyOf(wire.getAmr()),
        Optional.ofNullable(wire.getNonce()),
        Optional.ofNullable(wire.getClaims()).map(FurtherClaims::new),
        List.copyOf(wire.getResources()),
        new ClaimValues(wire.getUserClaims()),
        Optional.ofNullable(wire.getIdp()),
        ConfirmationCodec.ofWire(wire.getConfirmation()),
        AnswerCodec.details(wire.getAuthorizationDetails()),
        new ClaimValues(wire.getUserInfoClaims()),
        Optional.ofNullable(wire.getOriginId()).map(id -> new AuthorizationId(state.getTenant(), id)),
        Optional.ofNullable(wire.getAssertionIssuer()));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return WireName.read(type, name).orElseThrow(() -> new IllegalArgumentException(
        "expected a " + type.getSimpleName() + " known to this version, but found '" + name + "'"));
  }
}
