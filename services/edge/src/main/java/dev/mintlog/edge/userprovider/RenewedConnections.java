package dev.mintlog.edge.userprovider;

import io.vertx.core.Future;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.auth.authentication.Credentials;
import io.vertx.sqlclient.Pool;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Asks a database over pooled connections, which are given up together when one of them fails: Vert.x's JDBC pool takes
 * every connection for a good one for ever, also those that the database has closed.
 */
final class RenewedConnections implements AuthenticationProvider {
  private final Supplier<Opened> opening;
  private final AtomicReference<Opened> opened;

  /**
   * One pool, and who asks over it.
   *
   * @param connections opened as they are needed
   */
  record Opened(Pool connections, AuthenticationProvider provider) {}

  RenewedConnections(Supplier<Opened> opening) {
    this.opening = opening;
    this.opened = new AtomicReference<>(opening.get());
  }

  @Override
  public Future<User> authenticate(Credentials credentials) {
    Opened asked = opened.get();
    return asked.provider().authenticate(credentials).onFailure(failure -> {
      if (failure instanceof SQLException) {
        renew(asked);
      }
    });
  }

  // Many questions may fail at once; the first of them renews for all.
  private void renew(Opened failed) {
    Opened fresh = opening.get();
    Opened unused = opened.compareAndSet(failed, fresh) ? failed : fresh;
    unused.connections().close();
  }
}
