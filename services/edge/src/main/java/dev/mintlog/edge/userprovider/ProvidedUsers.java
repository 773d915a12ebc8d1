package dev.mintlog.edge.userprovider;

import dev.mintlog.edge.user.PasswordAttempt;
import dev.mintlog.edge.user.PasswordVerdict;
import dev.mintlog.edge.user.PasswordVerdict.NoMatch;
import dev.mintlog.edge.user.PasswordVerdict.NotJudged;
import dev.mintlog.edge.user.PasswordVerdict.Verified;
import dev.mintlog.edge.user.UserProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.auth.authentication.CredentialValidationException;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javax.naming.AuthenticationException;
import javax.naming.NameNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users of one Vert.x provider. Thread-safe. */
final class ProvidedUsers implements UserProvider {
  private static final Logger LOG = LoggerFactory.getLogger(ProvidedUsers.class);

  /**
   * No character that means something in a DN, a filter or a query, and no two spellings that a directory or a collation
   * takes for one: or one user would have several subjects.
   */
  private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]*");

  private final ProviderEntry entry;
  private final AuthenticationProvider provider;
  private final boolean distinguishesCase;
  private final ProviderBounds bounds;
  private final Semaphore room;
  private final Vertx vertx;
  private final Later later;
  private final LongSupplier nanoTime;

  ProvidedUsers(ProviderEntry entry, AuthenticationProvider provider, boolean distinguishesCase, ProviderBounds bounds,
      Vertx vertx, Later later, LongSupplier nanoTime) {
    this.entry = entry;
    this.provider = provider;
    this.distinguishesCase = distinguishesCase;
    this.bounds = bounds;
    this.room = new Semaphore(bounds.outstandingMax());
    this.vertx = vertx;
    this.later = later;
    this.nanoTime = nanoTime;
  }

  @Override
  public String name() {
    return entry.name();
  }

  @Override
  public void verify(PasswordAttempt attempt, Consumer<PasswordVerdict> then) {
    String username = distinguishesCase ? attempt.username() : attempt.username().toLowerCase(Locale.ROOT);
    // RFC 4513 §5.1.2: a bind with a name and an empty password is an anonymous one, which directories answer with success.
    if (!entry.tenants().contains(attempt.tenant()) || attempt.password().isEmpty()
        || !USERNAME.matcher(username).matches()) {
      then.accept(new NoMatch());
    } else if (!room.tryAcquire()) {
      then.accept(new NotJudged("expected room to ask provider " + entry.name() + ", but all of it is in use"));
    } else {
      ask(attempt.tenant(), username, attempt.password(), then);
    }
  }

  private void ask(String tenant, String username, String password, Consumer<PasswordVerdict> then) {
    long askedAt = nanoTime.getAsLong();
    Future<User> answer = vertx.executeBlocking(
        () -> provider.authenticate(new UsernamePasswordCredentials(username, password)), false)
        .compose(future -> future);
    // Its room is free when the provider is done, not when nobody waits any more: what hangs must not pile up.
    answer.onComplete(done -> room.release());
    answer.timeout(bounds.waitMax().toMillis(), TimeUnit.MILLISECONDS).onComplete(
        user -> then.accept(new Verified(ProvidedSubject.of(tenant, entry.name(), user, username), entry.name())),
        failure -> failed(failure, askedAt, then));
  }

  private void failed(Throwable failure, long askedAt, Consumer<PasswordVerdict> then) {
    if (isNo(failure)) {
      Duration left = bounds.refusalAfter().minusNanos(nanoTime.getAsLong() - askedAt);
      later.run(left.isNegative() ? Duration.ZERO : left, () -> then.accept(new NoMatch()));
    } else {
      // Without its message, which may repeat who was asked about.
      LOG.warn("provider of users {} gave no answer: {}", entry.name(), failure.getClass().getName());
      then.accept(new NotJudged("expected provider " + entry.name() + " to answer, but it could not"));
    }
  }

  // A failure with nothing but a message is how Vert.x's providers say no; a directory has exceptions for it.
  private static boolean isNo(Throwable failure) {
    return failure instanceof NoStackTraceThrowable
        || failure instanceof CredentialValidationException
        || failure instanceof AuthenticationException
        || failure instanceof NameNotFoundException;
  }
}
