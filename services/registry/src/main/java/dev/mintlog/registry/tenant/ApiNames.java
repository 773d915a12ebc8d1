package dev.mintlog.registry.tenant;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of a tenant's API resources, as clients write them: with slashes behind or without, a GUID in either case. Of two
 * names that differ in nothing else each one is meant by its own spelling, and no other spelling means one of them.
 */
public final class ApiNames {
  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

  private final Map<String, String> exact;
  private final Map<String, String> folded;

  private ApiNames(Map<String, String> exact, Map<String, String> folded) {
    this.exact = Map.copyOf(exact);
    this.folded = Map.copyOf(folded);
  }

  public static ApiNames of(List<ApiResource> resources) {
    Map<String, String> exact = new HashMap<>();
    Map<String, String> folded = new HashMap<>();
    Map<String, Integer> times = new HashMap<>();
    for (ApiResource resource : resources) {
      exact.put(resource.name(), resource.name());
      folded.put(folded(resource.name()), resource.name());
      times.merge(folded(resource.name()), 1, Integer::sum);
    }
    times.forEach((name, count) -> {
      if (count > 1) {
        folded.remove(name);
      }
    });
    return new ApiNames(exact, folded);
  }

  public Optional<String> canonical(String asked) {
    String name = exact.get(asked);
    return Optional.ofNullable(name != null ? name : folded.get(folded(asked)));
  }

  private static String folded(String name) {
    int end = name.length();
    while (end > 0 && name.charAt(end - 1) == '/') {
      end--;
    }
    String bare = name.substring(0, end);
    return GUID.matcher(bare).matches() ? bare.toLowerCase(Locale.ROOT) : bare;
  }
}
