package dev.mintlog.runtime.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All settings of one service, in the order in which they are documented. */
public final class ConfigKeys {
  /**
   * Variables that start with {@code MINTLOG_} and are no settings: they belong to the launcher and are read before any
   * service starts.
   */
  public static final Map<String, String> LAUNCHER_VARIABLES = launcherVariables();

  private final String service;
  private final Map<String, ConfigKey<?>> byName = new LinkedHashMap<>();
  private final Map<String, String> nameByVariable = new HashMap<>();

  private ConfigKeys(String service, Collection<ConfigKey<?>> keys) {
    this.service = service;
    for (ConfigKey<?> key : keys) {
      claim(key, key.name());
      if (key.secret()) {
        claim(key, fileName(key));
      }
    }
  }

  /** @throws IllegalArgumentException if two keys have one name, in the file or in the environment */
  public static ConfigKeys of(String service, ConfigKey<?>... keys) {
    return new ConfigKeys(service, List.of(keys));
  }

  /** These keys and those, as settings of this service; for a service that is made of parts with keys of their own. */
  public ConfigKeys and(ConfigKeys others) {
    return new ConfigKeys(service, Stream.concat(all().stream(), others.all().stream()).distinct().toList());
  }

  /** The name of the service whose settings these are. */
  public String service() {
    return service;
  }

  /** In the order of declaration. */
  public List<ConfigKey<?>> all() {
    return byName.values().stream().distinct().toList();
  }

  /** Documentation of every key as a Markdown table: name, variable, what is expected, default, meaning. */
  public String toMarkdown() {
    StringBuilder table = new StringBuilder();
    table.append("| setting | variable | value | default | meaning |\n| --- | --- | --- | --- | --- |\n");
    for (ConfigKey<?> key : all()) {
      table.append("| `").append(key.name()).append("` | `").append(key.variable()).append("` | ")
          .append(cell(key.type().expected() + (key.secret() ? "; or `" + fileName(key) + "`" : ""))).append(" | ")
          .append(shownDefault(key)).append(" | ").append(cell(key.doc())).append(" |\n");
    }
    return table.toString();
  }

  Optional<ConfigKey<?>> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The name (of the key itself or of its file form) that a variable stands for. */
  Optional<String> nameOfVariable(String variable) {
    return Optional.ofNullable(nameByVariable.get(variable));
  }

  Set<String> names() {
    return byName.keySet();
  }

  List<String> variables() {
    List<String> variables = new ArrayList<>(LAUNCHER_VARIABLES.keySet());
    byName.keySet().forEach(name -> variables.add(ConfigKey.variable(name)));
    return variables;
  }

  static String fileName(ConfigKey<?> key) {
    return key.name() + "-file";
  }

  private void claim(ConfigKey<?> key, String name) {
    if (byName.put(name, key) != null || nameByVariable.put(ConfigKey.variable(name), name) != null) {
      throw new IllegalArgumentException("Two settings of " + service + " are called " + name);
    }
  }

  private static <T> String shownDefault(ConfigKey<T> key) {
    return switch (key.presence()) {
      case REQUIRED -> "required";
      case OPTIONAL -> "none";
      case DEFAULTED -> "`" + cell(key.type().print().apply(key.defaultValue().orElseThrow())) + "`";
    };
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }

  private static Map<String, String> launcherVariables() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("MINTLOG_HOME", "where Mintlog is installed or checked out; set by the launcher");
    variables.put("MINTLOG_JAVA_HOME", "the Java to use, in place of the newest that is found");
    variables.put("MINTLOG_JAVA_OPTS", "further options for the Java virtual machine");
    variables.put("MINTLOG_CLASSPATH",
        "jars of your own, separated by colons: extension grants, claims providers (docs/extension-grants.md)");
    variables.put("MINTLOG_CONFIG", "the YAML file of a service or of an operator's command, where --config is not given");
    return Map.copyOf(variables);
  }
}
