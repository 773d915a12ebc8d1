package dev.mintlog.edge.userprovider;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.auth.sqlclient.SqlAuthentication;
import io.vertx.ext.auth.sqlclient.SqlAuthenticationOptions;
import io.vertx.jdbcclient.JDBCConnectOptions;
import io.vertx.jdbcclient.JDBCPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Users of a database's table, by whatever JDBC driver the operator has put on the class path. */
final class SqlUsers implements AuthenticationProviderFactory {
  private static final String URL = "jdbcUrl";
  private static final String USER = "user";
  private static final String PASSWORD_FILE = "passwordFile";
  private static final String QUERY = "authenticationQuery";
  private static final String CONNECTIONS_MAX = "connectionsMax";
  private static final String QUERY_SECONDS_MAX = "querySecondsMax";

  private static final Pattern JDBC_URL = Pattern.compile("jdbc:([a-z0-9]+):.+");
  private static final Pattern SECRET_IN_URL = Pattern.compile("(?i)passw|pwd|//[^/?;]*:[^/?;]*@");
  private static final int IDLE_MINUTES_MAX = 10;

  @Override
  public String type() {
    return "sql";
  }

  @Override
  public AuthenticationProvider create(Vertx vertx, JsonObject options) {
    ProviderOptions.requireKnown(options, Set.of(URL, USER, PASSWORD_FILE, QUERY, CONNECTIONS_MAX, QUERY_SECONDS_MAX));
    int querySecondsMax = ProviderOptions.number(options, QUERY_SECONDS_MAX, 1, 30, 5);
    JDBCConnectOptions connect = new JDBCConnectOptions()
        .setJdbcUrl(url(ProviderOptions.text(options, URL)))
        .setReadOnly(true)
        .setQueryTimeout(querySecondsMax);
    if (options.containsKey(USER)) {
      connect.setUser(ProviderOptions.text(options, USER));
    }
    if (options.containsKey(PASSWORD_FILE)) {
      connect.setPassword(secret(ProviderOptions.text(options, PASSWORD_FILE)));
    }
    PoolOptions pool = new PoolOptions()
        .setMaxSize(ProviderOptions.number(options, CONNECTIONS_MAX, 1, 64, 4))
        .setConnectionTimeout(querySecondsMax).setConnectionTimeoutUnit(TimeUnit.SECONDS)
        .setIdleTimeout(IDLE_MINUTES_MAX).setIdleTimeoutUnit(TimeUnit.MINUTES);
    SqlAuthenticationOptions query =
        new SqlAuthenticationOptions().setAuthenticationQuery(query(ProviderOptions.text(options, QUERY)));
    return new RenewedConnections(() -> {
      Pool connections = JDBCPool.pool(vertx, connect, pool);
      return new RenewedConnections.Opened(connections, SqlAuthentication.create(connections, query));
    });
  }

  // No message repeats the URL: many drivers take a secret in it under a name of their own.
  private static String url(String text) {
    if (!JDBC_URL.matcher(text).matches()) {
      throw new IllegalArgumentException("expected jdbc:NAME:… as options." + URL);
    }
    if (SECRET_IN_URL.matcher(text).find()) {
      throw new IllegalArgumentException("expected no password in options." + URL + "; options." + PASSWORD_FILE
          + " names a file that has it");
    }
    try {
      DriverManager.getDriver(text);
    } catch (SQLException e) {
      throw new IllegalArgumentException("expected a JDBC driver on the class path that takes options." + URL
          + ", found none for " + text.substring(0, text.indexOf(':', "jdbc:".length()) + 1) + "…", e);
    }
    return text;
  }

  private static String query(String text) {
    boolean isSelect = text.strip().toLowerCase(Locale.ROOT).startsWith("select ");
    long parameters = text.chars().filter(character -> character == '?').count();
    if (!isSelect || parameters != 1) {
      throw new IllegalArgumentException("expected a SELECT of the password's hash, with one ? for the username, as options."
          + QUERY);
    }
    return text;
  }

  private static String secret(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "expected a file that can be read as options." + PASSWORD_FILE + ", found " + file, e);
    }
  }
}
