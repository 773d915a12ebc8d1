package dev.mintlog.edge.request;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request by name, blank ones left out. Values may be secrets: they do not print.
 *
 * <p>Parameters that may be repeated are represented by their first value, except in {@link #all}.
 */
public final class Form {
  public static final Form EMPTY = new Form(Map.of());

  private final Map<String, String> values;
  private final Map<String, List<String>> repeated;

  Form(Map<String, String> values) {
    this(values, Map.of());
  }

  /** Parameters that came otherwise than as a form; blank ones are left out. */
  public static Form of(Map<String, String> values) {
    Map<String, String> present = new HashMap<>(values);
    present.values().removeIf(String::isBlank);
    return new Form(Map.copyOf(present));
  }

  /** @param repeated all values of those that came more than once */
  Form(Map<String, String> values, Map<String, List<String>> repeated) {
    this.values = values;
    this.repeated = repeated;
  }

  /** The value of a parameter; empty where it was absent or blank, RFC 6749 §3.2. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The values of a parameter that may be repeated, in their order; none where it was absent or blank. */
  public List<String> all(String name) {
    List<String> all = repeated.get(name);
    return all != null ? all : find(name).map(List::of).orElse(List.of());
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The value of a parameter that the request cannot do without. */
  public Checked<String> require(String name) {
    String value = values.get(name);
    return value != null ? Checked.accepted(value) : Checked.refused(Refusal.missing(name));
  }

  /** The same with these values of a parameter in place of those it had; none: without the parameter. */
  public Form with(String name, List<String> all) {
    Map<String, String> others = new HashMap<>(values);
    Map<String, List<String>> othersRepeated = new HashMap<>(repeated);
    others.remove(name);
    othersRepeated.remove(name);
    if (!all.isEmpty()) {
      others.put(name, all.get(0));
    }
    if (all.size() > 1) {
      othersRepeated.put(name, List.copyOf(all));
    }
    return new Form(others, othersRepeated);
  }

  @Override
  public String toString() {
    return "Form" + values.keySet();
  }
}
