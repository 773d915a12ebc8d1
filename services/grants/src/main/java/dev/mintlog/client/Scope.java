package dev.mintlog.client;

import java.util.List;

/**
 * A registered scope.
 *
 * @param kind who the scope is about
 * @param audiences the API resources it belongs to; none for an identity scope
 */
public record Scope(String name, Kind kind, List<String> audiences) {

  public enum Kind {
    /** About the user: openid, profile, … */
    IDENTITY,
    /** About an API. */
    API,
    /** {@code offline_access}, OpenID Connect Core §11. */
    OFFLINE
  }

  public Scope {
    audiences = List.copyOf(audiences);
  }
}
