package dev.mintlog.edge.userprovider;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.authentication.AuthenticationProvider;

/**
 * Makes providers of users of one type, as the file of {@code users.providers-file} names it. Found by
 * {@link java.util.ServiceLoader}; htpasswd, ldap and sql are built in.
 *
 * <p>A provider is given {@code UsernamePasswordCredentials}, never with an empty password. It fails with a message alone,
 * {@code Future.failedFuture(String)}, where username or password is wrong; any other failure means that nobody can say,
 * and the client is told to try again. Where the user's principal has a {@code sub}, that says who it is, else the username.
 */
public interface AuthenticationProviderFactory {

  /** The {@code type} in the file. */
  String type();

  /**
   * Makes one; this must not wait for anything far away.
   *
   * @param vertx for providers alone
   * @param options as the file has them
   * @throws IllegalArgumentException that says what was expected and what was found, without a secret
   */
  AuthenticationProvider create(Vertx vertx, JsonObject options);

  /** Whether {@code Alice} and {@code alice} are two users; if not, the provider is asked for the latter. */
  default boolean distinguishesCase() {
    return false;
  }
}
