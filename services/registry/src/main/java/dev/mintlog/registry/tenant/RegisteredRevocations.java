package dev.mintlog.registry.tenant;

import dev.mintlog.client.Revocations;
import dev.mintlog.registry.client.RegisteredClient;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Users who are disabled or revoked, and revocations on their own: the latest time wins. However many there are. An issuer of
 * assertions is withdrawn from every client whose entry does not name it.
 */
public final class RegisteredRevocations implements Revocations {
  /** Of whom, and where; empty for all. */
  private record Concerned(Optional<String> subject, Optional<String> client) {}

  private final Map<String, RegisteredUser> usersBySubject;
  private final Map<String, RegisteredClient> clients;
  private final Map<Concerned, Instant> revocations = new HashMap<>();

  public RegisteredRevocations(Map<String, RegisteredUser> usersBySubject, Map<String, RegisteredClient> clients,
      List<RegisteredRevocation> revocations) {
    this.usersBySubject = usersBySubject;
    this.clients = clients;
    revocations.forEach(revocation -> this.revocations.merge(
        new Concerned(revocation.subject(), revocation.client()), revocation.before(),
        (one, other) -> one.isAfter(other) ? one : other));
  }

  @Override
  public Optional<Instant> revokedBefore(String subject, String clientId) {
    RegisteredUser user = usersBySubject.get(subject);
    if (user != null && !user.enabled()) {
      return Optional.of(Instant.MAX);
    }
    Stream<Instant> ofUser = user == null ? Stream.empty() : user.revokedBefore().stream();
    return revocations.isEmpty()
        ? ofUser.findFirst()
        : Stream.concat(ofUser, onTheirOwn(subject, clientId)).max(Instant::compareTo);
  }

  @Override
  public boolean isWithdrawn(String issuer, String clientId) {
    RegisteredClient client = clients.get(clientId);
    return client == null || client.grantAssertions().issuer(issuer).isEmpty();
  }

  private Stream<Instant> onTheirOwn(String subject, String clientId) {
    return Stream.of(
            new Concerned(Optional.of(subject), Optional.of(clientId)),
            new Concerned(Optional.of(subject), Optional.empty()),
            new Concerned(Optional.empty(), Optional.of(clientId)))
        .map(revocations::get).flatMap(Stream::ofNullable);
  }
}
