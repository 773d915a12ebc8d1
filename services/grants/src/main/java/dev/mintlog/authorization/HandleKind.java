package dev.mintlog.authorization;

/**
 * What a handle is presented as. The kind is under the handle's MAC: who knows a code cannot make a refresh handle of
 * it, although both are born of one secret.
 */
public enum HandleKind {
  /** Authorization code, RFC 6749 §4.1.2. */
  CODE(1, "code"),
  /** Device code, RFC 8628 §3.2. */
  DEVICE_CODE(2, "device_code"),
  /** Refresh token, RFC 6749 §6. */
  REFRESH_TOKEN(3, "refresh_token"),
  /** Authentication request id, OpenID CIBA Core §7.3. */
  AUTH_REQ_ID(4, "auth_req_id"),
  /** Access token that is a reference, RFC 6749 §1.4: "an identifier used to retrieve the authorization information". */
  ACCESS_TOKEN(5, "access_token");

  private final int wire;
  private final String parameter;

  HandleKind(int wire, String parameter) {
    this.wire = wire;
    this.parameter = parameter;
  }

  /** Name of the parameter that it is presented in. */
  public String parameter() {
    return parameter;
  }

  /** Whether its client polls with it while a user decides; if so, it is good again within the grace window. */
  public boolean isPolled() {
    return this == DEVICE_CODE || this == AUTH_REQ_ID;
  }

  /** The byte that stands for the kind inside a handle; never reassigned. */
  public int wire() {
    return wire;
  }

  /** The kind of a wire byte, or null where this version knows none. */
  public static HandleKind ofWire(int wire) {
    for (HandleKind kind : values()) {
      if (kind.wire == wire) {
        return kind;
      }
    }
    return null;
  }
}
