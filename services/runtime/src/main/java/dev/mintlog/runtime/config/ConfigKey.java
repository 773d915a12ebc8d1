package dev.mintlog.runtime.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One setting: its dotted kebab name (such as {@code kafka.bootstrap-servers}), its type with its range, one line of
 * documentation, and whether it must be given. A key is required until {@link #defaultsTo} or {@link #optional} says
 * otherwise. In the environment the same setting is {@link #variable()}.
 *
 * <p>A secret may also be given as the path of a file that holds it: name plus {@code -file}, variable plus
 * {@code _FILE}.
 *
 * @param <T> the type of the value
 */
public final class ConfigKey<T> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*(\\.[a-z][a-z0-9]*(-[a-z0-9]+)*)*");
  private static final Pattern HOST_PORT = Pattern.compile("[^\\s:/,]+:(\\d{1,5})");

  /** Whether a setting must be given. */
  enum Presence { REQUIRED, DEFAULTED, OPTIONAL }

  private final String name;
  private final String doc;
  private final ValueType<T> type;
  private final Presence presence;
  private final Optional<T> defaultValue;

  private ConfigKey(String name, String doc, ValueType<T> type, Presence presence, Optional<T> defaultValue) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("Expected a dotted kebab name, but found '" + name + "'");
    }
    if (doc.isBlank() || doc.contains("\n")) {
      throw new IllegalArgumentException("Expected one line of documentation for " + name);
    }
    this.name = name;
    this.doc = doc;
    this.type = type;
    this.presence = presence;
    this.defaultValue = defaultValue;
  }

  private static <T> ConfigKey<T> required(String name, ValueType<T> type, String doc) {
    return new ConfigKey<>(name, doc, type, Presence.REQUIRED, Optional.empty());
  }

  /** Text that is not blank. */
  public static ConfigKey<String> string(String name, String doc) {
    return required(name, text(), doc);
  }

  /** One of the given words. */
  public static ConfigKey<String> oneOf(String name, List<String> words, String doc) {
    return required(name, ValueType.one("one of " + String.join(", ", words), words.get(0), text -> {
      if (!words.contains(text)) {
        throw new IllegalArgumentException("not one of the words");
      }
      return text;
    }, word -> word), doc);
  }

  /** A whole number, both ends included. Say the unit in the name. */
  public static ConfigKey<Integer> integer(String name, int min, int max, String doc) {
    return required(name, ValueType.one("a whole number from " + min + " to " + max, Integer.toString(min), text -> {
      int value = Integer.parseInt(text);
      if (value < min || value > max) {
        throw new IllegalArgumentException("out of range");
      }
      return value;
    }, value -> Integer.toString(value)), doc);
  }

  /** A TCP port to listen on or connect to. */
  public static ConfigKey<Integer> port(String name, String doc) {
    return integer(name, 1, 65_535, doc).example("8080");
  }

  /** {@code true} or {@code false}, nothing else. */
  public static ConfigKey<Boolean> bool(String name, String doc) {
    return required(name, ValueType.one("true or false", "true", text -> {
      if (!text.equals("true") && !text.equals("false")) {
        throw new IllegalArgumentException("neither true nor false");
      }
      return text.equals("true");
    }, value -> Boolean.toString(value)), doc);
  }

  /** A duration such as {@code 250ms}, {@code 5s}, {@code 10m}, {@code 12h} or {@code 30d}, both ends included. */
  public static ConfigKey<Duration> duration(String name, Duration min, Duration max, String doc) {
    String range = "a duration (ms, s, m, h or d) from " + Durations.print(min) + " to " + Durations.print(max);
    return required(name, ValueType.one(range, Durations.print(min), text -> {
      Duration value = Durations.parse(text);
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw new IllegalArgumentException("out of range");
      }
      return value;
    }, Durations::print), doc);
  }

  /** An absolute URI with a scheme of those given and a host, without credentials: a URI is shown in logs and errors. */
  public static ConfigKey<URI> uri(String name, List<String> schemes, String doc) {
    String expected = "an absolute URI (" + String.join(", ", schemes) + ") without credentials";
    return required(name, ValueType.one(expected, schemes.get(0) + "://localhost", text -> {
      URI uri = URI.create(text);
      if (uri.getScheme() == null || !schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))
          || uri.getHost() == null || uri.getRawUserInfo() != null) {
        throw new IllegalArgumentException("not such a URI");
      }
      return uri;
    }, URI::toString), doc);
  }

  /** A path; whether it exists is for its user to find out. Relative paths are relative to the working directory. */
  public static ConfigKey<Path> path(String name, String doc) {
    return required(name, ValueType.one("a path", "/etc/mintlog/file", text -> Path.of(notBlank(text)), Path::toString),
        doc);
  }

  /** One or more texts. */
  public static ConfigKey<List<String>> strings(String name, String doc) {
    return required(name, text().many(), doc);
  }

  /** One or more {@code host:port}. */
  public static ConfigKey<List<String>> hostPorts(String name, String doc) {
    ValueType<String> hostPort = ValueType.one("host:port", "localhost:9092", text -> {
      var matcher = HOST_PORT.matcher(text);
      if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > 65_535) {
        throw new IllegalArgumentException("not host:port");
      }
      return text;
    }, text -> text);
    return required(name, hostPort.many(), doc);
  }

  /** A secret; also accepted as {@code <name>-file}, the path of a file whose text, stripped, is the secret. */
  public static ConfigKey<Secret> secret(String name, String doc) {
    return required(name, secretText().kept(), doc);
  }

  /** One or more secrets; in a {@code <name>-file} one a line. */
  public static ConfigKey<List<Secret>> secrets(String name, String doc) {
    return required(name, secretText().kept().many(), doc);
  }

  /** The same key, which need not be given. */
  public ConfigKey<T> defaultsTo(T value) {
    return new ConfigKey<>(name, doc, type, Presence.DEFAULTED, Optional.of(value));
  }

  /** The same key, which need not be given and has no default: read it with {@link Settings#find}. */
  public ConfigKey<T> optional() {
    return new ConfigKey<>(name, doc, type, Presence.OPTIONAL, Optional.empty());
  }

  /**
   * The same key with one more condition.
   *
   * @param expected what a reader is told to write, in place of what the type alone would say
   * @param example a value that meets it
   */
  public ConfigKey<T> check(String expected, String example, Predicate<T> condition) {
    ValueType<T> checked = new ValueType<>(expected, example, texts -> {
      T value = type.parse().apply(texts);
      if (!condition.test(value)) {
        throw new IllegalArgumentException("condition not met");
      }
      return value;
    }, type.print(), type.list(), type.secret());
    return new ConfigKey<>(name, doc, checked, presence, defaultValue);
  }

  /** The same key with another example in its messages and documentation. */
  public ConfigKey<T> example(String example) {
    return new ConfigKey<>(name, doc, type.with(type.expected(), example), presence, defaultValue);
  }

  /** The dotted kebab name, as in the YAML file. */
  public String name() {
    return name;
  }

  /** The name in the environment: {@code kafka.bootstrap-servers} is {@code MINTLOG_KAFKA_BOOTSTRAP_SERVERS}. */
  public String variable() {
    return variable(name);
  }

  static String variable(String name) {
    return "MINTLOG_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  String doc() {
    return doc;
  }

  ValueType<T> type() {
    return type;
  }

  Presence presence() {
    return presence;
  }

  Optional<T> defaultValue() {
    return defaultValue;
  }

  /** Whether values are secret. */
  public boolean secret() {
    return type.secret();
  }

  @Override
  public String toString() {
    return name;
  }

  private static ValueType<String> text() {
    return ValueType.one("text", "text", ConfigKey::notBlank, text -> text);
  }

  private static ValueType<Secret> secretText() {
    return ValueType.one("a secret", "...", text -> new Secret(notBlank(text)), secret -> Secret.REDACTED);
  }

  private static String notBlank(String text) {
    Objects.requireNonNull(text);
    if (text.isBlank()) {
      throw new IllegalArgumentException("blank");
    }
    return text;
  }
}
