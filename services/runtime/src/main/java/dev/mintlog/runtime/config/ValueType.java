package dev.mintlog.runtime.config;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * How the text of a setting becomes a value and back.
 *
 * @param expected what a reader is told to write, such as {@code a whole number from 1 to 65535}
 * @param example a value that would be accepted
 * @param parse throws IllegalArgumentException when the text is not what is expected
 * @param print the inverse of {@code parse}
 * @param list whether several values may be given, as a YAML list or separated by commas
 * @param secret whether values are redacted wherever they would be shown
 */
record ValueType<T>(String expected, String example, Function<List<String>, T> parse, Function<T, String> print,
    boolean list, boolean secret) {

  ValueType {
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(example, "example");
    Objects.requireNonNull(parse, "parse");
    Objects.requireNonNull(print, "print");
  }

  static <T> ValueType<T> one(String expected, String example, Function<String, T> parse, Function<T, String> print) {
    return new ValueType<>(expected, example, texts -> parse.apply(single(texts)), print, false, false);
  }

  ValueType<List<T>> many() {
    return new ValueType<>("one or more, separated by commas or as a YAML list, each " + expected, example,
        texts -> texts.stream().map(text -> parse.apply(List.of(text))).toList(),
        values -> String.join(",", values.stream().map(print).toList()), true, secret);
  }

  ValueType<T> kept() {
    return new ValueType<>(expected, example, parse, print, list, true);
  }

  ValueType<T> with(String newExpected, String newExample) {
    return new ValueType<>(newExpected, newExample, parse, print, list, secret);
  }

  private static String single(List<String> texts) {
    if (texts.size() != 1) {
      throw new IllegalArgumentException("expected one value, but found " + texts.size());
    }
    return texts.get(0);
  }
}
