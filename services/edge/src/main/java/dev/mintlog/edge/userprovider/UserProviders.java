package dev.mintlog.edge.userprovider;

import dev.mintlog.edge.user.UserProvider;
import dev.mintlog.runtime.lifecycle.StartException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The providers of users that a file names. */
public final class UserProviders implements AutoCloseable {
  private final Vertx vertx;
  private final List<UserProvider> providers;

  private UserProviders(Vertx vertx, List<UserProvider> providers) {
    this.vertx = vertx;
    this.providers = List.copyOf(providers);
  }

  /** @throws StartException where the file is not what was expected, or a provider cannot be made of it */
  public static UserProviders open(Path file, ProviderBounds bounds) {
    Vertx vertx = Vertx.vertx(
        new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(bounds.threads()));
    UserProviders opened = new UserProviders(vertx, List.of());
    try {
      Map<String, AuthenticationProviderFactory> factories = factories();
      List<UserProvider> providers = new ArrayList<>();
      for (ProviderEntry entry : ProvidersFile.read(file)) {
        providers.add(provider(entry, factories, bounds, vertx));
      }
      return new UserProviders(vertx, providers);
    } catch (IllegalArgumentException e) {
      opened.close();
      throw new StartException("users.providers-file " + file + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static UserProvider provider(ProviderEntry entry, Map<String, AuthenticationProviderFactory> factories,
      ProviderBounds bounds, Vertx vertx) {
    AuthenticationProviderFactory factory = factories.get(entry.type());
    if (factory == null) {
      throw new IllegalArgumentException("expected as type of " + entry.name() + " one of "
          + String.join(", ", factories.keySet()) + ", found '" + entry.type() + "'");
    }
    try {
      return new ProvidedUsers(entry, factory.create(vertx, entry.options()), factory.distinguishesCase(), bounds, vertx,
          (delay, what) -> vertx.setTimer(Math.max(1, delay.toMillis()), id -> what.run()), System::nanoTime);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(entry.name() + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, AuthenticationProviderFactory> factories() {
    Map<String, AuthenticationProviderFactory> byType = new TreeMap<>();
    Stream.concat(Stream.of(new HtpasswdUsers(), new LdapUsers(), new SqlUsers()),
        ServiceLoader.load(AuthenticationProviderFactory.class).stream().map(ServiceLoader.Provider::get))
        .forEach(factory -> byType.put(factory.type(), factory));
    return byType;
  }

  /** In the order of the file. */
  public List<UserProvider> providers() {
    return providers;
  }

  @Override
  public void close() {
    try {
      vertx.close().await(5, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("expected the providers of users to end within 5 s", e);
    }
  }
}
