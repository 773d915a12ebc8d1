package dev.mintlog.edge.assertion;

import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.edge.assertion.KeySets.Verdict;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.AssertionIssuer;
import dev.mintlog.registry.client.RegisteredClient;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Finds out whether an assertion was signed with a key of a certain party: one that stands in the registry, or one that the
 * party publishes. Thread-safe.
 */
public final class AssertionSignatures {
  private final ClientKeys clients;
  private final IssuerKeys issuers = new IssuerKeys();
  private final KeySets keySets;

  /**
   * @param channel the channel secret
   * @param keySets keys that are published elsewhere
   */
  public AssertionSignatures(SecretRing channel, KeySets keySets) {
    this.clients = new ClientKeys(channel);
    this.keySets = keySets;
  }

  /**
   * An assertion whose signature is asked about.
   *
   * @param now what the expiry of a key is compared with
   * @param loop where the verdict is given when it cannot be given at once
   */
  public record Question(RegistrySnapshot registry, String tenant, Assertion assertion, Instant now, Executor loop) {
    private boolean fits(AssertionKey key) {
      return key.mayBe(assertion.hint()) && key.hasSigned(assertion, now);
    }
  }

  /** @param then called once; before this method returns, unless keys have to be fetched */
  public void ofClient(Question question, RegisteredClient client, Consumer<Verdict> then) {
    of(question, clients.of(question.registry(), question.tenant(), client), client.assertions().jwksUri(),
        client.assertions().algorithms(), then);
  }

  /** As {@link #ofClient}, of somebody else's issuer. */
  public void ofIssuer(Question question, AssertionIssuer issuer, Consumer<Verdict> then) {
    of(question, issuers.of(question.registry(), issuer), issuer.jwksUri(), issuer.algorithms(), then);
  }

  /**
   * As {@link #ofClient}, of whoever publishes there.
   *
   * @param algorithms those that count; empty for all that the keys allow
   */
  public void ofPublisher(Question question, URI uri, Set<String> algorithms, Consumer<Verdict> then) {
    // RFC 8725 §3.1: what the registration does not allow no key may do.
    boolean allowed = algorithms.isEmpty() || algorithms.contains(question.assertion().algorithm());
    keySets.judge(uri, key -> allowed && question.fits(key), question.loop(), then);
  }

  private void of(Question question, List<AssertionKey> registered, Optional<URI> published, Set<String> algorithms,
      Consumer<Verdict> then) {
    if (registered.stream().anyMatch(question::fits)) {
      then.accept(Verdict.SIGNED);
    } else if (published.isPresent()) {
      ofPublisher(question, published.get(), algorithms, then);
    } else {
      then.accept(Verdict.NOT_SIGNED);
    }
  }
}
