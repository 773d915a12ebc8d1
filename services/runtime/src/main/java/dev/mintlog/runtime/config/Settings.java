package dev.mintlog.runtime.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The values of all settings of one service, complete and checked. */
public final class Settings {
  private static final Pattern USER_INFO = Pattern.compile("(?s)^.*@");

  private final ConfigKeys keys;
  private final Map<ConfigKey<?>, Object> values;

  private Settings(ConfigKeys keys, Map<ConfigKey<?>, Object> values) {
    this.keys = keys;
    this.values = values;
  }

  /**
   * Reads the file, then the variables that start with {@code MINTLOG_} over it.
   *
   * @throws ConfigException at the first setting that is unknown, missing, of the wrong type or out of range
   */
  public static Settings load(ConfigKeys keys, Optional<Path> yaml, Map<String, String> env) {
    Map<String, Found> found = yaml.map(YamlSettings::read).orElseGet(TreeMap::new);
    found.values().forEach(setting -> requireKnown(keys, setting));
    withoutBothForms(keys, found.values());
    Map<String, Found> fromEnvironment = environment(keys, env);
    withoutBothForms(keys, fromEnvironment.values());
    // A variable wins over the file in either form, so that a secret's file form does not survive beneath its text.
    fromEnvironment.values().forEach(setting -> {
      ConfigKey<?> key = keys.named(setting.name()).orElseThrow();
      found.remove(key.name());
      found.remove(ConfigKeys.fileName(key));
    });
    found.putAll(fromEnvironment);
    return new Settings(keys, parsed(keys, found));
  }

  /**
   * Settings made by a program rather than read, such as those of the embedded form: dotted names and texts.
   *
   * @throws ConfigException as {@link #load}
   */
  public static Settings of(ConfigKeys keys, Map<String, String> texts) {
    Map<String, Found> found = new TreeMap<>();
    texts.forEach((name, text) -> {
      Found setting = new Found(name, "the given settings", List.of(text));
      requireKnown(keys, setting);
      found.put(name, setting);
    });
    return new Settings(keys, parsed(keys, found));
  }

  /**
   * The value of a key that is required or has a default.
   *
   * @throws IllegalArgumentException if the key is optional or not one of this service's
   */
  public <T> T get(ConfigKey<T> key) {
    return find(key).orElseThrow(() -> new IllegalArgumentException(key + " is optional: ask for it with find"));
  }

  /**
   * The value of a key, empty only for an optional one that is not given.
   *
   * @throws IllegalArgumentException if the key is not one of this service's
   */
  @SuppressWarnings("unchecked")
  public <T> Optional<T> find(ConfigKey<T> key) {
    if (keys.named(key.name()).filter(declared -> declared == key).isEmpty()) {
      throw new IllegalArgumentException(key + " is not a setting of " + keys.service());
    }
    return Optional.ofNullable((T) values.get(key));
  }

  /** {@code name=value} of every setting that has a value, in the order of declaration, secrets redacted. */
  public String describe() {
    List<String> lines = new ArrayList<>();
    for (ConfigKey<?> key : keys.all()) {
      describe(key).ifPresent(lines::add);
    }
    return String.join(" ", lines);
  }

  @Override
  public String toString() {
    return describe();
  }

  private <T> Optional<String> describe(ConfigKey<T> key) {
    return find(key).map(value -> key.name() + "=" + key.type().print().apply(value));
  }

  private static Map<String, Found> environment(ConfigKeys keys, Map<String, String> env) {
    Map<String, Found> found = new TreeMap<>();
    for (String variable : new TreeSet<>(env.keySet())) {
      if (!variable.startsWith("MINTLOG_") || ConfigKeys.LAUNCHER_VARIABLES.containsKey(variable)) {
        continue;
      }
      String name = keys.nameOfVariable(variable).orElseThrow(() -> new ConfigException(
          "The variable " + variable + " is not a setting of " + keys.service()
              + suggestion(variable, keys.variables(), "; unset it")));
      found.put(name, new Found(name, variable, List.of(env.get(variable))));
    }
    return found;
  }

  private static void requireKnown(ConfigKeys keys, Found setting) {
    if (keys.named(setting.name()).isEmpty()) {
      throw new ConfigException(setting.name() + " in " + setting.source() + " is not a setting of " + keys.service()
          + suggestion(setting.name(), keys.names(), "; remove it"));
    }
  }

  private static String suggestion(String word, Collection<String> words, String otherwise) {
    return Nearest.to(word, words).map(nearest -> "; did you mean " + nearest + "?").orElse(otherwise);
  }

  private static void withoutBothForms(ConfigKeys keys, Collection<Found> found) {
    for (Found setting : found) {
      ConfigKey<?> key = keys.named(setting.name()).orElseThrow();
      if (key.secret() && setting.name().equals(key.name())) {
        found.stream().filter(other -> other.name().equals(ConfigKeys.fileName(key))).findFirst().ifPresent(other -> {
          throw new ConfigException(key + " is given both in " + setting.source() + " and as a file in "
              + other.source() + "; keep one of them");
        });
      }
    }
  }

  private static Map<ConfigKey<?>, Object> parsed(ConfigKeys keys, Map<String, Found> found) {
    Map<ConfigKey<?>, Object> values = new HashMap<>();
    for (ConfigKey<?> key : keys.all()) {
      value(key, found).ifPresent(value -> values.put(key, value));
    }
    return values;
  }

  private static <T> Optional<T> value(ConfigKey<T> key, Map<String, Found> found) {
    Found given = found.get(key.name());
    if (given != null) {
      return Optional.of(parse(key, given));
    }
    Found file = key.secret() ? found.get(ConfigKeys.fileName(key)) : null;
    if (file != null) {
      return Optional.of(parse(key, secretFile(file)));
    }
    if (key.presence() == ConfigKey.Presence.REQUIRED) {
      throw new ConfigException(key + " is missing; expected " + key.type().expected() + ": set " + fix(key)
          + (key.secret() ? ", or " + ConfigKeys.fileName(key) + " to the path of a file that holds it" : ""));
    }
    return key.defaultValue();
  }

  private static <T> T parse(ConfigKey<T> key, Found given) {
    try {
      return key.type().parse().apply(key.type().list() ? elements(given.texts()) : stripped(given.texts()));
    } catch (IllegalArgumentException e) {
      String value = key.secret() ? "a value that is not shown" : "'" + withoutCredentials(given.texts()) + "'";
      // The cause is left out: its message may repeat the value, which may be a secret.
      throw new ConfigException(given + " is " + value + ", but expected " + key.type().expected() + "; set " + fix(key));
    }
  }

  // Whoever puts a password into a URI is told not to; the message is not to spread it.
  private static String withoutCredentials(List<String> texts) {
    return USER_INFO.matcher(String.join(",", texts)).replaceAll("…@");
  }

  private static String fix(ConfigKey<?> key) {
    return "for example " + key.name() + ": " + key.type().example() + " in the file or " + key.variable() + "="
        + key.type().example();
  }

  private static Found secretFile(Found setting) {
    String path = setting.texts().get(0).strip();
    try {
      List<String> lines = Files.readString(Path.of(path), StandardCharsets.UTF_8).strip().lines().toList();
      return new Found(setting.name(), setting.source() + " (" + path + ")", lines.isEmpty() ? List.of("") : lines);
    } catch (IOException | InvalidPathException e) {
      throw new ConfigException(setting + " is '" + path + "', which cannot be read (" + e.getClass().getSimpleName()
          + "); expected a readable file that holds the secret: check the path and its permissions");
    }
  }

  private static List<String> stripped(List<String> texts) {
    return texts.stream().map(String::strip).toList();
  }

  private static List<String> elements(List<String> texts) {
    List<String> elements = texts.stream().flatMap(text -> Arrays.stream(text.split(","))).map(String::strip).toList();
    if (elements.isEmpty()) {
      throw new IllegalArgumentException("empty list");
    }
    return elements;
  }
}
