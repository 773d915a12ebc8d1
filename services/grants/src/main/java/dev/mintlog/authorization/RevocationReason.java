package dev.mintlog.authorization;

/** Why an authorization ended. */
public enum RevocationReason {
  /** A wrong code_verifier was presented with the code: it leaked. */
  WRONG_CODE_VERIFIER,
  /** The code was presented a second time, RFC 6749 §4.1.2. */
  CODE_REUSED,
  /** A device_code was presented after it was redeemed and its grace window was over. */
  DEVICE_CODE_REUSED,
  /** An auth_req_id was presented after it was redeemed and its grace window was over. */
  AUTH_REQ_ID_REUSED,
  /** A superseded refresh handle was presented after its grace window, RFC 9700 §4.14.2. */
  REFRESH_TOKEN_REUSED,
  /** Somebody entitled to it asked for it, RFC 7009. */
  REQUESTED;

  /**
   * The reason for one that was redeemed and is presented again when it must not be.
   *
   * @throws IllegalArgumentException where it is an access token, which may be presented as often as its holder likes
   */
  public static RevocationReason ofReuse(HandleKind handle) {
    return switch (handle) {
      case CODE -> CODE_REUSED;
      case DEVICE_CODE -> DEVICE_CODE_REUSED;
      case REFRESH_TOKEN -> REFRESH_TOKEN_REUSED;
      case AUTH_REQ_ID -> AUTH_REQ_ID_REUSED;
      case ACCESS_TOKEN -> throw new IllegalArgumentException("Expected a handle that is redeemed, but found " + handle);
    };
  }
}
