package dev.mintlog.connections;

import dev.mintlog.runtime.config.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * Where Redis is, and as whom it is asked.
 *
 * @param uri without credentials
 * @param username of Redis' ACL
 * @param password empty where Redis asks for none
 */
public record RedisAddress(URI uri, String username, Optional<Secret> password) {
  /** The user that Redis takes everybody for who names none. */
  public static final String DEFAULT_USER = "default";

  /** Of a Redis that asks for no password. */
  public static RedisAddress of(URI uri) {
    return new RedisAddress(uri, DEFAULT_USER, Optional.empty());
  }
}
