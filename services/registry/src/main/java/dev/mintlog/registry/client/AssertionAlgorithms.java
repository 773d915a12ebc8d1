package dev.mintlog.registry.client;

import java.util.List;
import java.util.stream.Stream;

/** The JWS algorithms, RFC 7518 §3.1 and RFC 8037 §3.1, of what clients and issuers sign. */
public final class AssertionAlgorithms {
  /** Those of asymmetric keys. */
  public static final List<String> SIGNATURES = List.of(
      "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");
  /** Those of shared secrets. */
  public static final List<String> MACS = List.of("HS256", "HS384", "HS512");
  public static final List<String> ALL = Stream.concat(SIGNATURES.stream(), MACS.stream()).toList();

  private AssertionAlgorithms() {}
}
