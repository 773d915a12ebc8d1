package dev.mintlog.registry;

import java.util.List;

/**
 * An API that tokens are for.
 *
 * @param name the {@code aud} of its tokens
 * @param scopes what may be asked of it
 * @param userClaims names of the claims of users that its tokens hold
 */
public record ApiResource(String name, List<String> scopes, List<String> userClaims) {
  public ApiResource {
    scopes = List.copyOf(scopes);
    userClaims = List.copyOf(userClaims);
  }
}
