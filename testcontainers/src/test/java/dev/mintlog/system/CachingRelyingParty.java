package dev.mintlog.system;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the JWKS exactly as long as it is told that it may, and never asks again because of a kid that it does not know:
 * the verifier that rotation must not surprise. Not thread-safe.
 */
final class CachingRelyingParty {
  private static final Pattern MAX_AGE = Pattern.compile("public, max-age=(\\d+)");

  private final URI edge;
  private JWKSet keys;
  private long goodUntilNanos;

  CachingRelyingParty(URI edge) {
    this.edge = edge;
  }

  /** As {@link RelyingParty#verified}, with the keys that are known here. */
  JWTClaimsSet verified(String token) {
    return RelyingParty.verified(token, keys());
  }

  /** The keys as this verifier has them. */
  JWKSet keys() {
    // Before it asks: who measures from the answer keeps the keys too long.
    long now = System.nanoTime();
    if (keys == null || now - goodUntilNanos >= 0) {
      Answer answer = fetched();
      Matcher maxAge = MAX_AGE.matcher(answer.header("Cache-Control").orElse(""));
      if (!maxAge.matches()) {
        throw new AssertionError("expected a max-age, but found " + answer);
      }
      try {
        keys = JWKSet.parse(answer.http().body());
      } catch (ParseException e) {
        throw new AssertionError("expected a JWKS", e);
      }
      goodUntilNanos = now + Duration.ofSeconds(Long.parseLong(maxAge.group(1))).toNanos();
    }
    return keys;
  }

  private Answer fetched() {
    try {
      return TokenClient.get(URI.create(edge + "/.well-known/jwks.json"));
    } catch (IOException e) {
      throw new AssertionError("expected a JWKS", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
