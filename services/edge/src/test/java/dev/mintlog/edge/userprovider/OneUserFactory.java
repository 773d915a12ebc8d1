package dev.mintlog.edge.userprovider;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;

/** A provider as somebody else might write one: it knows one user, by the options. */
public final class OneUserFactory implements AuthenticationProviderFactory {

  @Override
  public String type() {
    return "one-user";
  }

  @Override
  public AuthenticationProvider create(Vertx vertx, JsonObject options) {
    return credentials -> {
      UsernamePasswordCredentials typed = (UsernamePasswordCredentials) credentials;
      return typed.getUsername().equals(options.getString("username"))
          && typed.getPassword().equals(options.getString("password"))
          ? Future.succeededFuture(User.create(new JsonObject().put("sub", "4711")))
          : Future.failedFuture("no");
    };
  }
}
