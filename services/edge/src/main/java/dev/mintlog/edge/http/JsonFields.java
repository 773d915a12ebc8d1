package dev.mintlog.edge.http;

import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The members of a JSON request, read one by one; the first that is not as expected is what is answered. */
public final class JsonFields {
  /** How deep a body may be nested, itself counted: what it has of claims becomes a token that others have to read. */
  static final int LEVELS_MAX = 32;

  private final JsonObject json;
  private Optional<String> problem = Optional.empty();

  private JsonFields(JsonObject json) {
    this.json = json;
  }

  /** The object in a body, which may have these members and no others: a misspelt one must not be lost silently. */
  public static Checked<JsonFields> parse(byte[] body, Set<String> known) {
    JsonObject json;
    try {
      json = new JsonObject(Buffer.buffer(body));
    } catch (DecodeException e) {
      return Checked.refused(Refusal.invalidRequest("expected a JSON object as body, but found something else"));
    }
    if (isDeeper(json, LEVELS_MAX)) {
      return Checked.refused(
          Refusal.invalidRequest("expected JSON of at most " + LEVELS_MAX + " levels, but found more"));
    }
    JsonFields fields = new JsonFields(json);
    for (String name : json.fieldNames()) {
      if (!known.contains(name)) {
        return Checked.refused(Refusal.invalidRequest(
            "expected members among " + String.join(", ", known.stream().sorted().toList()) + ", but found another"));
      }
    }
    return Checked.accepted(fields);
  }

  // The parser itself goes 1000 levels down at most, and so does this.
  private static boolean isDeeper(Object value, int levels) {
    Stream<Object> inside = value instanceof JsonObject object ? object.stream().map(Map.Entry::getValue)
        : value instanceof JsonArray array ? array.stream() : null;
    return inside != null && (levels == 0 || inside.anyMatch(each -> isDeeper(each, levels - 1)));
  }

  public String required(String name) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      problem("expected the member " + name + ", but found none");
    }
    return value.orElse("");
  }

  /** A text; blank counts as absent. */
  public Optional<String> text(String name) {
    Object value = json.getValue(name);
    if (value != null && !(value instanceof String)) {
      problem("expected a string as " + name);
      return Optional.empty();
    }
    return Optional.ofNullable((String) value).filter(text -> !text.isBlank());
  }

  /** Seconds since the epoch, a whole number. */
  public Optional<Long> seconds(String name) {
    Object value = json.getValue(name);
    if (value == null) {
      return Optional.empty();
    }
    // As far as a date can be written with four digits for the year.
    long seconds = value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : -1;
    if (seconds < 0 || seconds > 253_402_300_799L) {
      problem("expected whole seconds since 1970 as " + name);
      return Optional.empty();
    }
    return Optional.of(seconds);
  }

  public List<String> texts(String name) {
    Object value = json.getValue(name);
    List<String> texts = new ArrayList<>();
    if (value instanceof JsonArray array) {
      for (Object element : array) {
        if (element instanceof String text) {
          texts.add(text);
        } else {
          problem("expected an array of strings as " + name);
        }
      }
    } else if (value != null) {
      problem("expected an array of strings as " + name);
    }
    return texts;
  }

  public Optional<JsonObject> object(String name) {
    Object value = json.getValue(name);
    if (value != null && !(value instanceof JsonObject)) {
      problem("expected an object as " + name);
      return Optional.empty();
    }
    return Optional.ofNullable((JsonObject) value);
  }

  /** The text of an array; what is in it is for others to read. */
  public Optional<String> array(String name) {
    Object value = json.getValue(name);
    if (value != null && !(value instanceof JsonArray)) {
      problem("expected an array as " + name);
      return Optional.empty();
    }
    return Optional.ofNullable((JsonArray) value).map(JsonArray::encode);
  }

  public void problem(String description) {
    if (problem.isEmpty()) {
      problem = Optional.of(description);
    }
  }

  /** The value made of these fields, where all of them were as expected. */
  public <T> Checked<T> checked(T value) {
    return problem.<Checked<T>>map(found -> Checked.refused(Refusal.invalidRequest(found)))
        .orElseGet(() -> Checked.accepted(value));
  }
}
