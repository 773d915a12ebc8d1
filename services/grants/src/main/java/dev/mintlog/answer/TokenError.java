package dev.mintlog.answer;

import java.util.Optional;

/** The closed list of error codes that a decision may answer with. */
public enum TokenError {
  // RFC 6749 §5.2
  INVALID_REQUEST("invalid_request"),
  INVALID_CLIENT("invalid_client"),
  INVALID_GRANT("invalid_grant"),
  UNAUTHORIZED_CLIENT("unauthorized_client"),
  UNSUPPORTED_GRANT_TYPE("unsupported_grant_type"),
  INVALID_SCOPE("invalid_scope"),

  // RFC 8707 §2
  INVALID_TARGET("invalid_target"),
  // RFC 9396 §5
  INVALID_AUTHORIZATION_DETAILS("invalid_authorization_details"),
  // RFC 8628 §3.5
  AUTHORIZATION_PENDING("authorization_pending"),
  SLOW_DOWN("slow_down"),
  ACCESS_DENIED("access_denied"),
  EXPIRED_TOKEN("expired_token"),
  // RFC 9449 §5
  INVALID_DPOP_PROOF("invalid_dpop_proof"),
  // OpenID CIBA Core §7.1.1 has no name of its own for it; RFC 9101 §7 does
  INVALID_REQUEST_OBJECT("invalid_request_object"),
  // RFC 6749 §4.1.2.1, used here where the log or the state cannot answer in time
  TEMPORARILY_UNAVAILABLE("temporarily_unavailable"),
  SERVER_ERROR("server_error"),
  // The login application's API
  NOT_FOUND("not_found"),
  ALREADY_DECIDED("already_decided");

  private final String code;

  TokenError(String code) {
    this.code = code;
  }

  /** The {@code error} value. */
  public String code() {
    return code;
  }

  public static Optional<TokenError> ofCode(String code) {
    for (TokenError error : values()) {
      if (error.code.equals(code)) {
        return Optional.of(error);
      }
    }
    return Optional.empty();
  }
}
