package dev.mintlog.edge.userprovider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mintlog.edge.user.RegisteredUsers;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The file of {@code users.providers-file}: YAML, one list {@code providers}. */
final class ProvidersFile {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  private ProvidersFile() {}

  /** @throws IllegalArgumentException that says what was expected and what was found */
  static List<ProviderEntry> read(Path file) {
    JsonObject document = object(parsed(text(file)), "the file");
    ProviderOptions.requireKnown(document, Set.of("providers"));
    List<ProviderEntry> entries = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(Set.of(RegisteredUsers.NAME));
    for (Object item : list(document, "providers", "the file")) {
      ProviderEntry entry = entry(object(item, "each of providers"));
      if (!names.add(entry.name())) {
        throw new IllegalArgumentException("expected a name of its own for each of providers, found " + entry.name()
            + " again; " + RegisteredUsers.NAME + " are the registry's own users");
      }
      entries.add(entry);
    }
    return entries;
  }

  private static ProviderEntry entry(JsonObject entry) {
    ProviderOptions.requireKnown(entry, Set.of("name", "type", "tenants", "options"));
    String name = ProviderOptions.text(entry, "name");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("expected a-z, 0-9, '.', '_' and '-' in a provider's name, found '" + name + "'");
    }
    Set<String> tenants = new LinkedHashSet<>();
    for (Object tenant : list(entry, "tenants", name)) {
      tenants.add(String.valueOf(tenant));
    }
    if (tenants.isEmpty()) {
      throw new IllegalArgumentException("expected one tenant at least as tenants of " + name);
    }
    Object options = entry.getValue("options");
    return new ProviderEntry(name, ProviderOptions.text(entry, "type"), Set.copyOf(tenants),
        options == null ? new JsonObject() : object(options, "options of " + name));
  }

  private static List<?> list(JsonObject object, String key, String where) {
    if (object.getMap().get(key) instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("expected a list as " + key + " of " + where);
  }

  @SuppressWarnings("unchecked")
  private static JsonObject object(Object value, String what) {
    if (value instanceof JsonObject object) {
      return object;
    }
    if (value instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance)) {
      return new JsonObject((Map<String, Object>) map);
    }
    throw new IllegalArgumentException("expected keys and values as " + what);
  }

  private static Object parsed(String yaml) {
    try {
      return new YAMLMapper(YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .readValue(yaml, Object.class);
    } catch (JsonProcessingException e) {
      // Without the parser's message, which quotes the file: it may hold a secret.
      throw new IllegalArgumentException("expected YAML, found something else near line " + (e.getLocation() == null
          ? 1 : e.getLocation().getLineNr()), e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("expected a file that can be read", e);
    }
  }
}
