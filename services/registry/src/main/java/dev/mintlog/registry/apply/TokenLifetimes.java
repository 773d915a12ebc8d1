package dev.mintlog.registry.apply;

import dev.mintlog.client.Client.TokenPolicy;
import dev.mintlog.registry.document.TenantDocument;
import java.time.Duration;
import java.util.stream.Stream;

/** How long the tokens of a tenant live. */
final class TokenLifetimes {
  private TokenLifetimes() {}

  /** The longest lifetime of any token that a client of the tenant may get; zero where it has no clients. */
  static Duration longest(TenantDocument tenant) {
    return tenant.clients().stream()
        .map(client -> client.client().tokens())
        .flatMap(TokenLifetimes::all)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private static Stream<Duration> all(TokenPolicy tokens) {
    return Stream.of(tokens.accessTokenLifetime(), tokens.idTokenLifetime());
  }
}
