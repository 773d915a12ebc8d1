package dev.mintlog.edge.request;

import java.util.function.Consumer;
import java.util.function.Function;

/** What a check of input yields: a value that may be trusted from here on, or the refusal to answer with. */
public sealed interface Checked<T> {

  /** Calls the function of the variant at hand. */
  <R> R match(Function<T, R> accepted, Function<Refusal, R> refused);

  static <T> Checked<T> accepted(T value) {
    return new Accepted<>(value);
  }

  static <T> Checked<T> refused(Refusal refusal) {
    return new Refused<>(refusal);
  }

  /** Goes on with the value, or with the refusal. */
  default void either(Consumer<T> accepted, Consumer<Refusal> refused) {
    match(value -> {
      accepted.accept(value);
      return null;
    }, refusal -> {
      refused.accept(refusal);
      return null;
    });
  }

  /** The next check, on what this one accepted. */
  default <R> Checked<R> then(Function<T, Checked<R>> next) {
    return match(next, Checked::refused);
  }

  /** The check was passed. */
  record Accepted<T>(T value) implements Checked<T> {
    @Override
    public <R> R match(Function<T, R> accepted, Function<Refusal, R> refused) {
      return accepted.apply(value);
    }
  }

  /** The check was not passed. */
  record Refused<T>(Refusal refusal) implements Checked<T> {
    @Override
    public <R> R match(Function<T, R> accepted, Function<Refusal, R> refused) {
      return refused.apply(refusal);
    }
  }
}
