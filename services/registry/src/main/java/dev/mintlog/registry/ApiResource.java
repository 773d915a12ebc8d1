package dev.mintlog.registry;

import java.util.List;

/**
 * An API that tokens are for.
 *
 * @param name the {@code aud} of its tokens
 * @param scopes what may be asked of it
 */
public record ApiResource(String name, List<String> scopes) {
  public ApiResource {
    scopes = List.copyOf(scopes);
  }
}
