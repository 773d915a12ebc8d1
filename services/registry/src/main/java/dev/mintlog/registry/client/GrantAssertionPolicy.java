package dev.mintlog.registry.client;

import java.util.List;
import java.util.Optional;

/**
 * Which JWTs a client may present as authorization grants, RFC 7523 §2.1. Those that it signs itself count by the keys it
 * proves itself with.
 *
 * @param ownSubjects whom its own may name beside itself
 * @param issuers whose others count, each by its name
 */
public record GrantAssertionPolicy(SubjectRule ownSubjects, List<AssertionIssuer> issuers) {
  /** Its own for itself. */
  public static final GrantAssertionPolicy DEFAULT = new GrantAssertionPolicy(SubjectRule.NONE, List.of());

  public GrantAssertionPolicy {
    issuers = List.copyOf(issuers);
  }

  /** The issuer of this {@code iss}. */
  public Optional<AssertionIssuer> issuer(String name) {
    return issuers.stream().filter(each -> each.issuer().equals(name)).findFirst();
  }
}
