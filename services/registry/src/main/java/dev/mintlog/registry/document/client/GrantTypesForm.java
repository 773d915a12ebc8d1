package dev.mintlog.registry.document.client;

import dev.mintlog.client.GrantType;
import dev.mintlog.registry.document.text.Fields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which grant types a client may use, as it is written. */
final class GrantTypesForm {
  private static final Set<GrantType> BUILT_IN = Set.of(
      GrantType.AUTHORIZATION_CODE, GrantType.CLIENT_CREDENTIALS, GrantType.REFRESH_TOKEN, GrantType.PASSWORD,
      GrantType.DEVICE_CODE, GrantType.TOKEN_EXCHANGE,
      GrantType.CIBA, GrantType.JWT_BEARER);

  private GrantTypesForm() {}

  static Set<GrantType> read(Fields client) {
    Set<GrantType> types = new LinkedHashSet<>();
    for (String text : client.texts("grantTypes", List.of())) {
      // Extension grants are named by URIs, RFC 6749 §4.5; a plain word that is not built in is a slip.
      boolean known = GrantType.isWellFormed(text) && (BUILT_IN.contains(GrantType.of(text)) || text.contains(":"));
      if (known) {
        types.add(GrantType.of(text));
      } else {
        client.problem("grantTypes", "unknown grant type '" + text + "'; known: "
            + String.join(", ", BUILT_IN.stream().map(GrantType::value).sorted().toList()));
      }
    }
    return types;
  }
}
