package dev.mintlog.edge.http.inspection;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.inspection.Standing.Ended;
import dev.mintlog.edge.http.inspection.Standing.Good;
import dev.mintlog.edge.http.inspection.Standing.NotKnown;
import dev.mintlog.edge.proof.token.AccessToken;
import dev.mintlog.edge.state.AuthorizationLookup;
import dev.mintlog.edge.state.StoredAuthorizations;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Finds out what has become of a token since it was issued: of its client and subject in the registry, of its
 * authorization in the state. The state is read from the Redis primary after the question was asked, so that a revocation
 * that was answered before it is seen on every edge.
 */
public final class TokenStandings {
  private static final Standing ENDED = new Ended();
  private static final Standing BEHIND =
      new NotKnown("expected the state of the token's authorization, but found an older one");

  private final StoredAuthorizations authorizations;

  public TokenStandings(StoredAuthorizations authorizations) {
    this.authorizations = authorizations;
  }

  void ofAccess(Exchange exchange, RegistrySnapshot registry, AccessToken token, Consumer<Standing> then) {
    String tenant = exchange.tenant();
    // From the next revision on, a disabled client gets nothing; what it got is worth nothing.
    if (enabled(registry, tenant, token.clientId()).isEmpty()) {
      then.accept(ENDED);
    } else if (token.authorization().isEmpty()) {
      then.accept(isRevoked(registry, tenant, token.subject(), token.clientId(), token.issuedAt())
          ? ENDED : new Good(Optional.empty()));
    } else {
      load(exchange, registry, token.authorization().get(), found -> ofState(found,
          // An exchanged token belongs to the authorization of the token it was given for, which may be another client's.
          token.isExchanged() ? found.state().clientId() : token.clientId(),
          active -> isRevoked(registry, tenant, active.consent().subject(), token.clientId(), found.bornAt())
              ? ENDED : ofClient(registry, tenant, found, active)), then);
    }
  }

  void ofReference(Exchange exchange, RegistrySnapshot registry, PresentedToken.Reference handle,
      Consumer<Standing> then) {
    load(exchange, registry, handle.authorization(), found -> ofState(found, found.state().clientId(), active -> {
      if (handle.number() >= active.references().next()) {
        return BEHIND;
      }
      return active.references().find(handle.number(), exchange.arrivedAt()).isEmpty()
          ? ENDED : ofClient(registry, exchange.tenant(), found, active);
    }), then);
  }

  // The client that the consent was given to: with it, all that came of it ends.
  private static Standing ofClient(RegistrySnapshot registry, String tenant, Authorization found, Active active) {
    String clientId = active.clientId();
    return enabled(registry, tenant, clientId).isEmpty()
        || active.consent().isRevoked(found.bornAt(), registry.revocations(tenant))
        ? ENDED : new Good(Optional.of(found));
  }

  /** @param clientId whose handle it has to be */
  void ofRefresh(Exchange exchange, RegistrySnapshot registry, PresentedToken.Refresh handle, String clientId,
      Consumer<Standing> then) {
    Optional<Client> client = enabled(registry, exchange.tenant(), clientId);
    if (client.isEmpty() || !client.get().mayUse(GrantType.REFRESH_TOKEN)) {
      then.accept(ENDED);
      return;
    }
    load(exchange, registry, handle.authorization(), found -> ofState(found, clientId, active -> {
      Consent consent = active.consent();
      boolean ended = consent.isRevoked(found.bornAt(), registry.revocations(exchange.tenant()))
          || !consent.scopes().isWithin(client.get().allowedScopes())
          || !exchange.arrivedAt().isBefore(endOf(found, active, client.get()));
      return ended ? ENDED : ofGeneration(found, active, handle.generation(), client.get(), exchange.arrivedAt());
    }), then);
  }

  /** When a current handle would expire, were it not used. */
  static Instant endOf(Authorization authorization, Active active, Client client) {
    return client.refresh().endOf(authorization.bornAt(), active.rotation().lastGiven());
  }

  // As the token endpoint would take it: the previous one still gets its successor within the grace window.
  private static Standing ofGeneration(Authorization found, Active active, int generation, Client client, Instant now) {
    return switch (active.rotation().presented(generation, now, client.refresh().graceWindow())) {
      case CURRENT, PREVIOUS_IN_GRACE -> new Good(Optional.of(found));
      case SUPERSEDED_IN_GRACE, REUSED -> ENDED;
      case AHEAD -> BEHIND;
    };
  }

  private static Standing ofState(Authorization found, String clientId, Function<Active, Standing> ofActive) {
    if (found.state() instanceof Revoked || !found.state().clientId().equals(clientId)) {
      return ENDED;
    }
    // A token was issued, so its authorization was active.
    return found.state() instanceof Active active ? ofActive.apply(active) : BEHIND;
  }

  // A state is kept for as long as any of its tokens could live: one that is complete and lacks it has outlived them.
  private void load(Exchange exchange, RegistrySnapshot registry, AuthorizationId id,
      Function<Authorization, Standing> judge, Consumer<Standing> then) {
    loadOne(exchange, id, judge, own -> {
      Optional<AuthorizationId> origin = own instanceof Good good
          ? good.authorization().flatMap(found -> found.state().consentGiven()).flatMap(Consent::origin) : Optional.empty();
      origin.ifPresentOrElse(given -> loadOne(exchange, given, found -> ofOrigin(registry, given, found, own), then),
          () -> then.accept(own));
    });
  }

  // What was got on behalf of a user ends with what the user gave.
  private static Standing ofOrigin(RegistrySnapshot registry, AuthorizationId id, Authorization found, Standing own) {
    Standing given = ofAuthorization(registry, id, found);
    return given instanceof Good ? own : given;
  }

  /** Whether an authorization stands that something was issued on. */
  static Standing ofAuthorization(RegistrySnapshot registry, AuthorizationId id, Authorization found) {
    return ofState(found, found.state().clientId(), active -> ofClient(registry, id.tenant(), found, active));
  }

  private void loadOne(Exchange exchange, AuthorizationId id, Function<Authorization, Standing> judge,
      Consumer<Standing> then) {
    Consumer<AuthorizationLookup> step = exchange.later(lookup -> lookup.match(
        found -> then.accept(judge.apply(found.authorization())),
        unknown -> then.accept(ENDED),
        notReadable -> then.accept(new NotKnown(notReadable.why()))));
    authorizations.find(id).thenAcceptAsync(step, exchange.loop());
  }

  private static Optional<Client> enabled(RegistrySnapshot registry, String tenant, String clientId) {
    return registry.client(tenant, clientId).map(RegisteredClient::client).filter(Client::enabled);
  }

  private static boolean isRevoked(RegistrySnapshot registry, String tenant, String subject, String clientId,
      Instant bornAt) {
    return registry.revocations(tenant).revokedBefore(subject, clientId).filter(bornAt::isBefore).isPresent();
  }
}
