package dev.mintlog.identity;

import dev.mintlog.identity.IdentityAnswer.Issued;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tokens that are still good for a while, so that workloads that ask at each of their requests cost the token endpoint
 * nothing. Many that ask for the same at once wait for one request. Confined to one event loop.
 */
final class CachedTokens implements Tokens {
  /** Beyond, the one that was not asked for longest is forgotten. A token is about 1 KiB. */
  static final int TOKENS_MAX = 1_000;
  /** A token that is handed out is good for this long, or for half of what it was issued for. */
  static final Duration LEFT_MIN = Duration.ofMinutes(5);

  private record Key(String identity, String resource) {}

  private final Tokens source;
  private final InstantSource clock;
  private final Map<Key, Future<IdentityAnswer>> known = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Future<IdentityAnswer>> eldest) {
      return size() > TOKENS_MAX;
    }
  };

  CachedTokens(Tokens source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public Future<IdentityAnswer> tokenFor(String identity, String resource) {
    Key key = new Key(identity, resource);
    Future<IdentityAnswer> before = known.get(key);
    if (before != null && (!before.isComplete() || isGood(before.result()))) {
      return before;
    }
    Future<IdentityAnswer> asked = source.tokenFor(identity, resource);
    known.put(key, asked);
    // A refusal is not remembered: whoever mends its cause is served at once.
    asked.onComplete(done -> {
      if (!(done.result() instanceof Issued)) {
        known.remove(key, asked);
      }
    });
    return asked;
  }

  private boolean isGood(IdentityAnswer answer) {
    if (!(answer instanceof Issued token)) {
      return false;
    }
    Duration half = token.lifetime().dividedBy(2);
    Duration needed = half.compareTo(LEFT_MIN) < 0 ? half : LEFT_MIN;
    return clock.instant().plus(needed).isBefore(token.expiresAt());
  }
}
