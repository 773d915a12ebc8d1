package dev.mintlog.event;

import dev.mintlog.answer.GrantTerms;
import dev.mintlog.answer.ResponseTerms;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command;
import java.util.Optional;

/** One fact about one command. */
public sealed interface AuditEvent {

  Command command();

  /** Name of the kind, as it stands in the event id and on the wire. */
  String name();

  /** The same command yields the same ids however often it is delivered; consumers deduplicate by it. */
  default String eventId() {
    return command().delivery().commandId().value() + "." + name();
  }

  /**
   * For one command it outranks any TokenDenied.
   *
   * @param consent what stands behind it; empty where no state is kept of it
   */
  record TokenIssued(Command command, GrantTerms terms, Optional<Consent> consent) implements AuditEvent {
    @Override
    public String name() {
      return "TokenIssued";
    }
  }

  /** For one command TokenIssued outranks any TokenDenied. */
  record TokenDenied(Command command, Optional<GrantType> grantType, TokenError error, String description)
      implements AuditEvent {
    @Override
    public String name() {
      return "TokenDenied";
    }
  }

  record AuthorizationCreated(Command command, AuthorizationId id, String subject, Scopes scopes)
      implements AuditEvent {
    @Override
    public String name() {
      return "AuthorizationCreated";
    }
  }

  /** @param subject the user who is asked, where the client knows them */
  record RequestCreated(
      Command command, AuthorizationId id, HandleKind handle, Scopes scopes, Optional<String> subject)
      implements AuditEvent {
    @Override
    public String name() {
      return of(handle) + "Created";
    }
  }

  record RequestApproved(Command command, AuthorizationId id, HandleKind handle, String subject, Scopes scopes)
      implements AuditEvent {
    @Override
    public String name() {
      return of(handle) + "Approved";
    }
  }

  record RequestRefused(Command command, AuthorizationId id, HandleKind handle) implements AuditEvent {
    @Override
    public String name() {
      return of(handle) + "Refused";
    }
  }

  /** Final for everybody who reads it. */
  record AuthorizationRevoked(
      Command command, AuthorizationId id, Optional<String> subject, RevocationReason reason) implements AuditEvent {
    @Override
    public String name() {
      return "AuthorizationRevoked";
    }
  }

  /** All that was born before a time, of a subject, a client or both. Final for everybody who reads it. */
  record AuthorizationsRevoked(Command.RevokeBefore command) implements AuditEvent {
    @Override
    public String name() {
      return "AuthorizationsRevoked";
    }
  }

  /** A response that is no token was signed. */
  record ResponseSigned(Command command, ResponseTerms terms) implements AuditEvent {
    @Override
    public String name() {
      return "ResponseSigned";
    }
  }

  private static String of(HandleKind polled) {
    return switch (polled) {
      case DEVICE_CODE -> "DeviceAuthorization";
      case AUTH_REQ_ID -> "BackchannelAuthentication";
      default -> throw new IllegalStateException("no event is named for a request that is polled with " + polled);
    };
  }
}
