package dev.mintlog.authorization;

import dev.mintlog.answer.GrantTerms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The access tokens of an authorization that are handles, and what each was granted: no more than a few, so that a state
 * never grows. A number is given once: a handle that ended never becomes another one's.
 *
 * @param issued in the order of their numbers, the newest one last; that one stays when it has expired
 */
public record ReferenceTokens(List<GrantTerms> issued) {
  /** Where more of them live, the oldest ends. */
  public static final int LIVING_MAX = 16;

  public static final ReferenceTokens NONE = new ReferenceTokens(List.of());

  /** @throws IllegalArgumentException where one is no handle's */
  public ReferenceTokens {
    if (issued.stream().anyMatch(terms -> terms.reference().isEmpty())) {
      throw new IllegalArgumentException("Expected the number of each reference token");
    }
    issued = List.copyOf(issued);
  }

  /** The number of the next one; the first is 1. */
  public int next() {
    return issued.isEmpty() ? 1 : numberOf(issued.get(issued.size() - 1)) + 1;
  }

  /** With one more, without those that expired before it was issued. */
  public ReferenceTokens with(GrantTerms terms) {
    Instant now = terms.issuedAt();
    List<GrantTerms> living = new ArrayList<>(
        issued.stream().filter(earlier -> now.isBefore(earlier.accessTokenExpiresAt())).toList());
    living.add(terms);
    return new ReferenceTokens(living.subList(Math.max(0, living.size() - LIVING_MAX), living.size()));
  }

  /** What a token was granted; empty where it expired or had to make room. */
  public Optional<GrantTerms> find(int number, Instant now) {
    return issued.stream()
        .filter(terms -> numberOf(terms) == number && now.isBefore(terms.accessTokenExpiresAt()))
        .findFirst();
  }

  private static int numberOf(GrantTerms terms) {
    return terms.reference().orElseThrow();
  }
}
