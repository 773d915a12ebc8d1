package dev.mintlog.identity;

import dev.mintlog.identity.IdentityAnswer.Refused;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a workload asks for.
 *
 * @param identity client_id of the identity; empty for the host's default
 * @param resource the API that the token is for, as registered
 */
record IdentityRequest(Optional<String> identity, String resource) {
  static final int VALUE_LENGTH_MAX = 512;

  // Other names that Azure has for an identity; here it has one.
  private static final List<String> OTHER_SELECTORS = List.of("object_id", "principal_id", "mi_res_id", "msi_res_id");

  /** Reads the query; whatever is not known is ignored. */
  static <R> R read(MultiMap query, Function<IdentityRequest, R> read, Function<Refused, R> refused) {
    return problem(query).map(refused)
        .orElseGet(() -> read.apply(new IdentityRequest(value(query, "client_id"), query.get("resource"))));
  }

  private static Optional<Refused> problem(MultiMap query) {
    for (String name : List.of("api-version", "resource", "client_id")) {
      if (query.getAll(name).size() > 1) {
        return refused("expected " + name + " once, but found it more than once");
      }
      if (value(query, name).filter(value -> value.length() > VALUE_LENGTH_MAX).isPresent()) {
        return refused("expected " + name + " of at most " + VALUE_LENGTH_MAX + " characters, but found more");
      }
    }
    if (value(query, "api-version").isEmpty()) {
      return refused("expected api-version, such as 2018-02-01 or 2019-08-01, but found none");
    }
    if (value(query, "resource").isEmpty()) {
      return refused("expected resource, the API that the token is for, but found none");
    }
    return OTHER_SELECTORS.stream().filter(query::contains).findFirst()
        .flatMap(other -> refused("expected an identity named by client_id, but found " + other));
  }

  private static Optional<Refused> refused(String description) {
    return Optional.of(Refused.badRequest(description));
  }

  private static Optional<String> value(MultiMap query, String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
  }
}
