package dev.mintlog.processor.life;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command;
import dev.mintlog.command.Delivery;
import dev.mintlog.registry.Registrations;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.RegistryView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Registrations out of the registry in memory. What is judged here is judged from the record and the registry's own
 * times alone, so that every delivery of a command is judged alike.
 */
public final class RegistryRegistrations implements CommandRegistrations {
  /** An edge that is this far behind the registry must not have anything granted. */
  static final Duration SUPERSEDED_MAX = Duration.ofSeconds(10);
  /** An edge whose clock is this far ahead of the broker's must not date tokens; one may be as far behind. */
  static final Duration SKEW_MAX = Duration.ofMillis(500);

  private final Supplier<RegistrySnapshot> newestRevision;
  private final LongFunction<Optional<RegistrySnapshot>> revisions;
  private final LongFunction<Optional<Instant>> supersessions;

  public RegistryRegistrations(RegistryView registry) {
    this(registry::current, registry::at, registry::supersededAt);
  }

  RegistryRegistrations(Supplier<RegistrySnapshot> newestRevision, LongFunction<Optional<RegistrySnapshot>> revisions,
      LongFunction<Optional<Instant>> supersessions) {
    this.newestRevision = newestRevision;
    this.revisions = revisions;
    this.supersessions = supersessions;
  }

  @Override
  public Found find(Command command) {
    Delivery delivery = command.delivery();
    if (delivery.requestedAt().isAfter(delivery.appendedAt().plus(SKEW_MAX))) {
      return unavailable("expected a request dated no later than the log took it, but the edge's clock is ahead");
    }
    // A record that was copied and appended again is authentic, and its state remembers the last command only. Whoever asked
    // was answered 503 by this time; a delivery that comes late by a slow processor was appended in time all the same.
    if (delivery.appendedAt().isAfter(delivery.deadline().plus(SKEW_MAX))) {
      return unavailable("expected a command that the log took before its deadline, but it came later");
    }
    RegistrySnapshot newest = newestRevision.get();
    if (delivery.revision() > newest.revision()) {
      return new Behind();
    }
    Optional<Instant> supersededAt = supersessions.apply(delivery.revision());
    if (supersededAt.isPresent() && delivery.appendedAt().isAfter(supersededAt.get().plus(SUPERSEDED_MAX))) {
      return unavailable("expected a registry revision in force within the last " + SUPERSEDED_MAX.toSeconds()
          + " s, but the edge has an older one");
    }
    // One that was read before this processor started, or that many have followed: the newest is the next best.
    RegistrySnapshot own = revisions.apply(delivery.revision()).orElse(newest);
    Optional<Registration> registration = isByOperator(command)
        ? Registrations.ofOperator(newest, command.tenant())
        : command instanceof Command.SignResponse
            // API resources ask for signed responses as clients do.
            ? Registrations.of(own.withApiResourcesAsClients(), newest.withApiResourcesAsClients(), command.tenant(),
                command.clientId())
            : Registrations.of(own, newest, command.tenant(), command.clientId());
    if (registration.isEmpty()) {
      return new Refused(Answer.Denied.of(TokenError.INVALID_CLIENT,
          "expected a registered client, but found none of this name"));
    }
    return new Registered(registration.get());
  }

  private static boolean isByOperator(Command command) {
    return command instanceof Command.RevokeBefore && command.clientId().equals(Command.RevokeBefore.OPERATOR);
  }

  private static Found unavailable(String why) {
    return new Refused(Answer.Denied.of(TokenError.TEMPORARILY_UNAVAILABLE, why));
  }
}
