package dev.mintlog.edge;

import dev.mintlog.edge.http.PublicUrlKeys;
import dev.mintlog.runtime.config.ConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that stand for a tenant in paths, as they are configured. Whether there is such a tenant, the registry says. */
final class TenantAliases {
  private static final Pattern ALIAS = Pattern.compile("([a-zA-Z0-9][a-zA-Z0-9._-]{0,62})=([a-z0-9][a-z0-9._-]{0,62})");

  private TenantAliases() {}

  /** @return tenants by alias, aliases in lower case */
  static Map<String, String> read(List<String> texts) {
    Map<String, String> aliases = new HashMap<>();
    for (String text : texts) {
      Matcher alias = ALIAS.matcher(text);
      if (!alias.matches()) {
        throw new ConfigException(PublicUrlKeys.TENANT_ALIASES + " has '" + text + "', but expected name=tenant");
      }
      if (aliases.put(alias.group(1).toLowerCase(Locale.ROOT), alias.group(2)) != null) {
        throw new ConfigException(PublicUrlKeys.TENANT_ALIASES + " has " + alias.group(1) + " twice, but expected it once");
      }
    }
    return Map.copyOf(aliases);
  }
}
