package dev.mintlog.proof;

import dev.mintlog.answer.TokenError;
import java.util.Optional;

/** What kind of proof a {@code jti} names: each is good for one request. */
public enum ProofKind {
  /** RFC 7523 §2.2: a JWT that authenticates a client. */
  CLIENT_ASSERTION("client-assertion", "client assertion", TokenError.INVALID_CLIENT),
  /** RFC 9449 §4.2. */
  DPOP("dpop", "DPoP proof", TokenError.INVALID_DPOP_PROOF),
  /** RFC 7523 §2.1: a JWT as authorization grant. */
  JWT_BEARER("jwt-bearer", "assertion", TokenError.INVALID_GRANT),
  /** OpenID CIBA Core §7.1.1: a backchannel authentication request as a JWT. */
  REQUEST_OBJECT("request-object", "request object", TokenError.INVALID_REQUEST_OBJECT);

  private final String wireName;
  private final String title;
  private final TokenError refusal;

  ProofKind(String wireName, String title, TokenError refusal) {
    this.wireName = wireName;
    this.title = title;
    this.refusal = refusal;
  }

  /** Its name in commands. */
  public String wireName() {
    return wireName;
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  /** The error that a second presentation is answered with. */
  public TokenError refusal() {
    return refusal;
  }

  public static Optional<ProofKind> ofWireName(String name) {
    for (ProofKind kind : values()) {
      if (kind.wireName.equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
