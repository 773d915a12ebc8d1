package dev.mintlog.processor.outcome;

import dev.mintlog.answer.GrantTerms;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.state.ConfirmationCodec;
import dev.mintlog.channel.state.WireName;
import dev.mintlog.client.AuthorizationDetail;
import dev.mintlog.client.GrantType;
import dev.mintlog.command.Command;
import dev.mintlog.event.AuditEvent;
import dev.mintlog.schema.AuthorizationCreated;
import dev.mintlog.schema.AuthorizationRevoked;
import dev.mintlog.schema.AuthorizationsRevoked;
import dev.mintlog.schema.BackchannelAuthenticationApproved;
import dev.mintlog.schema.BackchannelAuthenticationCreated;
import dev.mintlog.schema.BackchannelAuthenticationRefused;
import dev.mintlog.schema.DeviceAuthorizationApproved;
import dev.mintlog.schema.DeviceAuthorizationCreated;
import dev.mintlog.schema.DeviceAuthorizationRefused;
import dev.mintlog.schema.EventHeader;
import dev.mintlog.schema.ResponseSigned;
import dev.mintlog.schema.TokenDenied;
import dev.mintlog.schema.TokenIssued;
import org.apache.avro.specific.SpecificRecord;

/** Audit events as they travel. */
final class EventRecords {
  private EventRecords() {}

  static SpecificRecord of(AuditEvent event) {
    if (event instanceof AuditEvent.TokenIssued issued) {
      return issued(issued);
    }
    if (event instanceof AuditEvent.TokenDenied denied) {
      return denied(denied);
    }
    if (event instanceof AuditEvent.AuthorizationCreated created) {
      return new AuthorizationCreated(header(event), created.subject(), created.scopes().text());
    }
    if (event instanceof AuditEvent.RequestCreated created) {
      return created.subject().<SpecificRecord>map(
          subject -> new BackchannelAuthenticationCreated(header(event), subject, created.scopes().text()))
          .orElseGet(() -> new DeviceAuthorizationCreated(header(event), created.scopes().text()));
    }
    if (event instanceof AuditEvent.RequestApproved approved) {
      String scope = approved.scopes().text();
      return approved.handle() == HandleKind.AUTH_REQ_ID
          ? new BackchannelAuthenticationApproved(header(event), approved.subject(), scope)
          : new DeviceAuthorizationApproved(header(event), approved.subject(), scope);
    }
    if (event instanceof AuditEvent.RequestRefused refused) {
      return refused.handle() == HandleKind.AUTH_REQ_ID
          ? new BackchannelAuthenticationRefused(header(event))
          : new DeviceAuthorizationRefused(header(event));
    }
    if (event instanceof AuditEvent.AuthorizationRevoked revoked) {
      return new AuthorizationRevoked(header(event), revoked.subject().orElse(null), WireName.of(revoked.reason()));
    }
    if (event instanceof AuditEvent.AuthorizationsRevoked revoked) {
      return new AuthorizationsRevoked(header(event), revoked.command().subject().orElse(null),
          revoked.command().client().orElse(null), revoked.command().before());
    }
    if (event instanceof AuditEvent.ResponseSigned signed) {
      return new ResponseSigned(header(event), signed.terms().kind().wireName(), signed.terms().key().kid());
    }
    throw new IllegalStateException("no record is listed for " + event.getClass().getName());
  }

  private static TokenIssued issued(AuditEvent.TokenIssued event) {
    GrantTerms terms = event.terms();
    TokenIssued wire = new TokenIssued();
    wire.setHeader(header(event));
    wire.setGrantType(terms.grantType().value());
    wire.setSubject(terms.subject());
    wire.setScope(terms.scopes().text());
    wire.setAudience(terms.audience());
    wire.setJti(terms.jti());
    wire.setKid(terms.key().kid());
    wire.setAlgorithm(terms.key().algorithm().jws());
    wire.setIssuedAt(terms.issuedAt());
    wire.setExpiresAt(terms.accessTokenExpiresAt());
    wire.setRefreshGeneration(terms.refresh().orElse(null));
    wire.setActors(terms.actors());
    wire.setConfirmation(ConfirmationCodec.toWire(terms.confirmation()));
    wire.setAuthorizationDetailTypes(terms.details().stream().map(AuthorizationDetail::type).distinct().toList());
    wire.setReference(terms.reference().isPresent());
    wire.setIdToken(terms.idTokenLifetime().isPresent());
    wire.setOriginAuthorizationId(event.consent().flatMap(Consent::origin).map(AuthorizationId::value).orElse(null));
    wire.setAssertionIssuer(event.consent().flatMap(Consent::assertionIssuer).orElse(null));
    wire.setClientAssertionIssuer(event.command().delivery().clientAssertionIssuer().orElse(null));
    return wire;
  }

  private static TokenDenied denied(AuditEvent.TokenDenied event) {
    TokenDenied wire = new TokenDenied();
    wire.setHeader(header(event));
    wire.setGrantType(event.grantType().map(GrantType::value).orElse(null));
    wire.setError(event.error().code());
    wire.setDescription(event.description());
    wire.setCount(1);
    return wire;
  }

  private static EventHeader header(AuditEvent event) {
    Command command = event.command();
    EventHeader header = new EventHeader();
    header.setEventId(event.eventId());
    header.setCommandId(command.delivery().commandId().value());
    header.setOccurredAt(command.delivery().requestedAt());
    header.setTenant(command.tenant());
    header.setClientId(command.clientId());
    header.setAuthorizationId(command.authorization().map(AuthorizationId::value).orElse(null));
    header.setRevision(command.delivery().revision());
    return header;
  }
}
