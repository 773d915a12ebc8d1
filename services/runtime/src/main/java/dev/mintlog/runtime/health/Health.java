package dev.mintlog.runtime.health;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a service says of itself: named checks, all of which must be ok for it to be ready, and gauges, which are shown
 * and decide nothing. Suppliers are called on an event loop: they read cached state and return at once.
 */
public final class Health {
  private final Map<String, Supplier<Check>> checks;
  private final Map<String, Supplier<?>> gauges;

  /** Both maps keep their order in the answer. */
  public Health(Map<String, Supplier<Check>> checks, Map<String, Supplier<?>> gauges) {
    this.checks = new LinkedHashMap<>(checks);
    this.gauges = new LinkedHashMap<>(gauges);
  }

  /** These checks and gauges and those. */
  public Health and(Health others) {
    Health both = new Health(checks, gauges);
    both.checks.putAll(others.checks);
    both.gauges.putAll(others.gauges);
    return both;
  }

  /** Asks every check and every gauge once. */
  public Report report() {
    boolean ready = true;
    JsonObject checked = new JsonObject();
    for (Map.Entry<String, Supplier<Check>> check : checks.entrySet()) {
      Check found = ask(check.getValue());
      ready &= found instanceof Check.Ok;
      checked.put(check.getKey(), found.match(() -> "ok", Check.Failing::reason));
    }
    JsonObject measured = new JsonObject();
    gauges.forEach((name, gauge) -> measured.put(name, measure(gauge)));
    return new Report(ready, new JsonObject().put("ready", ready).put("checks", checked).put("gauges", measured).encode());
  }

  // A check that throws has not found its object healthy.
  private static Check ask(Supplier<Check> check) {
    try {
      return Objects.requireNonNull(check.get());
    } catch (RuntimeException e) {
      return Check.failing("the check itself failed: " + e.getClass().getSimpleName());
    }
  }

  private static Object measure(Supplier<?> gauge) {
    try {
      Object value = gauge.get();
      return value instanceof Number || value instanceof Boolean || value == null ? value : value.toString();
    } catch (RuntimeException e) {
      return "unknown: " + e.getClass().getSimpleName();
    }
  }

  /**
   * One look at the whole.
   *
   * @param ready whether every check was ok
   * @param json {@code {"ready":…,"checks":{name:"ok"|reason},"gauges":{name:value}}}
   */
  public record Report(boolean ready, String json) {}
}
