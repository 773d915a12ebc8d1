package dev.mintlog.edge.http.inspection;

import java.util.Arrays;
import java.util.Optional;

/** An access token as a request shows it. It does not print. */
record ShownToken(Scheme scheme, String text) {

  /** What the request says of how it is to be judged. */
  enum Scheme {
    /** RFC 6750 §2. */
    BEARER("Bearer"),
    /** RFC 9449 §7.1. */
    DPOP("DPoP");

    private final String word;

    Scheme(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** RFC 6750 §2.2: a token in the body is a bearer's. */
  static ShownToken inBody(String text) {
    return new ShownToken(Scheme.BEARER, text);
  }

  /** The token of the Authorization header; empty where it has none, or is of another scheme. */
  static Optional<ShownToken> inHeader(Optional<String> authorization) {
    return authorization.flatMap(header -> Arrays.stream(Scheme.values())
        .filter(scheme -> header.regionMatches(true, 0, scheme.word() + " ", 0, scheme.word().length() + 1))
        .findFirst().map(scheme -> new ShownToken(scheme, header.substring(scheme.word().length() + 1).trim())));
  }

  @Override
  public String toString() {
    return "ShownToken[" + scheme + "]";
  }
}
