package dev.mintlog.registry.document.client;

import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.document.text.Names;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where a client is on the web, as it is written. */
final class AddressesForm {
  private AddressesForm() {}

  static Set<String> redirectUris(Fields client) {
    List<String> uris = client.texts("redirectUris", List.of());
    for (String uri : uris) {
      Names.redirectUriProblem(uri).ifPresent(problem -> client.problem("redirectUris", problem));
    }
    return new LinkedHashSet<>(uris);
  }

  static Set<String> allowedOrigins(Fields client) {
    List<String> origins = client.texts("allowedOrigins", List.of());
    for (String origin : origins) {
      if (!Names.isOrigin(origin)) {
        client.problem("allowedOrigins", "expected scheme://host[:port] and nothing after it, found '" + origin + "'");
      }
    }
    return new LinkedHashSet<>(origins);
  }
}
