package dev.mintlog.client;

/** What a client's access tokens are. */
public enum AccessTokenType {
  /** A signed JWT of RFC 9068 that an API verifies by itself. */
  JWT,
  /** A handle that an API asks the introspection endpoint about, RFC 7662; ends at once when it is revoked. */
  REFERENCE
}
