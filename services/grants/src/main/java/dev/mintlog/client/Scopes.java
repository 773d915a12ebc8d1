package dev.mintlog.client;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A set of scope tokens, RFC 6749 §3.3, in alphabetical order: equal sets print equal.
 *
 * @param values the tokens
 */
public record Scopes(Set<String> values) {
  public static final String OPENID = "openid";
  public static final String OFFLINE_ACCESS = "offline_access";
  public static final Scopes NONE = new Scopes(Set.of());

  public Scopes {
    values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
  }

  public static Scopes of(String... tokens) {
    return new Scopes(new TreeSet<>(Arrays.asList(tokens)));
  }

  public static Scopes of(Collection<String> tokens) {
    return new Scopes(new TreeSet<>(tokens));
  }

  /** RFC 6749 §3.3: scope-token *( SP scope-token ). The text was checked where it entered. */
  public static Scopes parse(String text) {
    return text.isBlank() ? NONE : of(text.trim().split(" +"));
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  public boolean contains(String token) {
    return values.contains(token);
  }

  public boolean isWithin(Scopes others) {
    return others.values.containsAll(values);
  }

  /** What is here and not there. */
  public Scopes without(Scopes others) {
    return filtered(token -> !others.contains(token));
  }

  /** Those that are wanted; the same where all are. */
  public Scopes filtered(Predicate<String> wanted) {
    Set<String> left = new TreeSet<>(values);
    return left.removeIf(wanted.negate()) ? new Scopes(left) : this;
  }

  /** The {@code scope} value: tokens separated by one space. */
  public String text() {
    return String.join(" ", values);
  }

  @Override
  public String toString() {
    return text();
  }
}
