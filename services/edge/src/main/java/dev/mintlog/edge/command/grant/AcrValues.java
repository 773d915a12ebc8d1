package dev.mintlog.edge.command.grant;

import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.user.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code acr_values}, OpenID Connect Core §3.1.2.1: authentication context classes in order of preference. As the
 * IdentityServers have it, {@code tenant:NAME} and {@code idp:NAME} among them say whose users are meant.
 *
 * @param tenant the tenant named
 * @param provider the provider of users named
 * @param classes the others, in their order
 */
record AcrValues(Optional<String> tenant, Optional<String> provider, List<String> classes) {
  static final int CHARACTERS_MAX = 300;

  private static final String TENANT = "tenant:";
  private static final String PROVIDER = "idp:";

  AcrValues {
    classes = List.copyOf(classes);
  }

  /** Of a request; nothing named where it has none. */
  static Checked<AcrValues> read(Form form) {
    return form.find("acr_values").map(AcrValues::parse)
        .orElse(Checked.accepted(new AcrValues(Optional.empty(), Optional.empty(), List.of())));
  }

  private static Checked<AcrValues> parse(String text) {
    if (text.length() > CHARACTERS_MAX) {
      return refused("expected at most " + CHARACTERS_MAX + " characters of acr_values, but found " + text.length());
    }
    List<String> tenants = new ArrayList<>();
    List<String> providers = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    for (String value : text.trim().split(" +")) {
      if (value.startsWith(TENANT)) {
        tenants.add(value.substring(TENANT.length()));
      } else if (value.startsWith(PROVIDER)) {
        providers.add(value.substring(PROVIDER.length()));
      } else {
        classes.add(value);
      }
    }
    if (tenants.size() > 1 || providers.size() > 1) {
      return refused("expected at most one tenant: and one idp: in acr_values, but found several");
    }
    return Checked.accepted(
        new AcrValues(tenants.stream().findFirst(), providers.stream().findFirst(), classes));
  }

  /** The same, where what it names is what was asked for: the tenant of the path, a provider there is. */
  Checked<AcrValues> in(String requestTenant, Users users) {
    if (tenant.isPresent() && !tenant.get().equals(requestTenant)) {
      return refused("expected after tenant: in acr_values the tenant of this endpoint, but found another");
    }
    if (provider.isPresent() && !users.isProvider(provider.get())) {
      return refused("expected after idp: in acr_values a provider of users, but found another name");
    }
    return Checked.accepted(this);
  }

  /** The class asked for first among those that are satisfied. */
  Optional<String> firstOf(List<String> satisfied) {
    return classes.stream().filter(satisfied::contains).findFirst();
  }

  private static <T> Checked<T> refused(String description) {
    return Checked.refused(Refusal.invalidRequest(description));
  }
}
