package dev.mintlog.registry;

import dev.mintlog.client.Revocations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Users who are disabled or revoked, and revocations on their own: the latest time wins. */
final class RegisteredRevocations implements Revocations {
  private final Map<String, RegisteredUser> usersBySubject;
  private final List<RegisteredRevocation> revocations;

  RegisteredRevocations(Map<String, RegisteredUser> usersBySubject, List<RegisteredRevocation> revocations) {
    this.usersBySubject = usersBySubject;
    this.revocations = revocations;
  }

  @Override
  public Optional<Instant> revokedBefore(String subject, String clientId) {
    RegisteredUser user = usersBySubject.get(subject);
    if (user != null && !user.enabled()) {
      return Optional.of(Instant.MAX);
    }
    Stream<Instant> ofUser = user == null ? Stream.empty() : user.revokedBefore().stream();
    Stream<Instant> onTheirOwn = revocations.stream()
        .filter(revocation -> revocation.concerns(subject, clientId))
        .map(RegisteredRevocation::before);
    return Stream.concat(ofUser, onTheirOwn).max(Instant::compareTo);
  }
}
