package dev.mintlog.registry.document.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One object of a document, read key by key. What is wrong is noted with its path and reading goes on with a stand-in, so
 * that all problems are told at once; {@link #end} notes the keys that nobody asked for.
 */
public final class Fields {
  private final JsonNode object;
  private final String path;
  private final Findings findings;
  private final Set<String> asked = new LinkedHashSet<>();

  public Fields(JsonNode object, String path, Findings findings) {
    this.path = path;
    this.findings = findings;
    if (object.isObject() || object.isMissingNode() || object.isNull()) {
      this.object = object;
    } else {
      this.object = MissingNode.getInstance();
      findings.problem(path, "expected keys and values, found " + kindOf(object));
    }
  }

  public String path() {
    return path;
  }

  /** A text that must be there. */
  public String text(String key) {
    return text(key, "").orElse("");
  }

  /** As {@link #text(String)}; says what the text is for where it is missing. */
  private Optional<String> text(String key, String standIn) {
    Optional<String> found = optionalText(key);
    if (found.isEmpty()) {
      if (isAbsent(at(key))) {
        problem(key, "is required");
      }
      return Optional.of(standIn);
    }
    return found;
  }

  public Optional<String> optionalText(String key) {
    JsonNode value = at(key);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    return textOf(value, at(path, key));
  }

  public boolean flag(String key, boolean otherwise) {
    JsonNode value = at(key);
    if (isAbsent(value)) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      problem(key, "expected true or false, found " + kindOf(value));
    }
    return value.asBoolean(otherwise);
  }

  public int wholeNumber(String key, int least, int most) {
    JsonNode value = at(key);
    if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
      problem(key, "expected a whole number from " + least + " to " + most + ", found "
          + (value.isNumber() ? value.asText() : kindOf(value)));
      return least;
    }
    return value.intValue();
  }

  public Duration duration(String key, Duration otherwise, Duration least, Duration most) {
    Optional<String> text = optionalText(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    Optional<Duration> duration = DurationText.parse(text.get());
    if (duration.isEmpty()) {
      problem(key, "expected a duration like 90s, 15m, 1h30m or 30d, found '" + text.get() + "'");
      return otherwise;
    }
    if (duration.get().compareTo(least) < 0 || duration.get().compareTo(most) > 0) {
      problem(key, "expected from " + DurationText.write(least) + " to " + DurationText.write(most) + ", found "
          + DurationText.write(duration.get()));
      return otherwise;
    }
    return duration.get();
  }

  public Optional<Instant> optionalInstant(String key) {
    Optional<String> text = optionalText(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text.get()).toInstant());
    } catch (DateTimeParseException e) {
      problem(key, "expected a time like 2027-01-31T00:00:00Z, found '" + text.get() + "'");
      return Optional.empty();
    }
  }

  public Instant instant(String key) {
    Optional<Instant> found = optionalInstant(key);
    if (found.isEmpty() && isAbsent(at(key))) {
      problem(key, "is required");
    }
    return found.orElse(Instant.EPOCH);
  }

  /** A list of texts, each once. */
  public List<String> texts(String key, List<String> otherwise) {
    JsonNode value = at(key);
    if (isAbsent(value)) {
      return otherwise;
    }
    if (!value.isArray()) {
      problem(key, "expected a list, found " + kindOf(value));
      return otherwise;
    }
    Set<String> texts = new LinkedHashSet<>();
    for (int i = 0; i < value.size(); i++) {
      String where = at(path, key) + "[" + i + "]";
      Optional<String> text = textOf(value.get(i), where);
      if (text.isPresent() && !texts.add(text.get())) {
        findings.problem(where, "'" + text.get() + "' is there twice");
      }
    }
    return List.copyOf(texts);
  }

  /** A list of objects. */
  public List<Fields> objects(String key) {
    JsonNode value = at(key);
    if (isAbsent(value)) {
      return List.of();
    }
    if (!value.isArray()) {
      problem(key, "expected a list, found " + kindOf(value));
      return List.of();
    }
    List<Fields> objects = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      objects.add(new Fields(value.get(i), at(path, key) + "[" + i + "]", findings));
    }
    return objects;
  }

  /** An object; where it is missing, one without any key. */
  public Fields object(String key) {
    return new Fields(at(key), at(path, key), findings);
  }

  /** An object whose keys are the operator's own. */
  public Map<String, Object> values(String key) {
    JsonNode value = at(key);
    if (isAbsent(value)) {
      return Map.of();
    }
    if (!value.isObject()) {
      problem(key, "expected keys and values, found " + kindOf(value));
      return Map.of();
    }
    return CanonicalJson.values((ObjectNode) value);
  }

  public void problem(String key, String message) {
    findings.problem(at(path, key), message);
  }

  public boolean has(String key) {
    return !isAbsent(object.path(key));
  }

  /** Notes the keys that were not asked for. */
  public void end() {
    if (findings.unknownKeysAllowed()) {
      return;
    }
    object.fieldNames().forEachRemaining(key -> {
      if (!asked.contains(key)) {
        findings.problem(at(path, key), "unknown key; known here: " + String.join(", ", new TreeSet<>(asked)));
      }
    });
  }

  private JsonNode at(String key) {
    asked.add(key);
    findings.lookedFor(at(path, key));
    return object.path(key);
  }

  private Optional<String> textOf(JsonNode value, String where) {
    if (!value.isTextual()) {
      findings.problem(where, "expected text, found " + kindOf(value)
          + (value.isNumber() || value.isBoolean() ? "; put it in quotes" : ""));
      return Optional.empty();
    }
    if (value.textValue().isBlank()) {
      findings.problem(where, "expected text, found nothing");
      return Optional.empty();
    }
    return Optional.of(value.textValue());
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static String at(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String kindOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case BOOLEAN -> "true or false";
      case NUMBER -> "a number";
      case OBJECT, POJO -> "keys and values";
      case STRING -> "text";
      case BINARY, MISSING, NULL -> "nothing";
    };
  }
}
