package dev.mintlog.edge.surface;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Scope;
import dev.mintlog.client.Scopes;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.request.Syntax;
import dev.mintlog.registry.RegistrySnapshot;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Scopes and resources as clients of Entra ID write them: {@code resource/scope} names a scope by its API resource,
 * {@code resource/.default} all scopes of it, {@code resource} as a parameter likewise where no scope is asked for beside
 * it; {@code openid profile offline_access} come with every request of MSAL, whoever may have them.
 */
final class EntraScopes {
  private static final String DEFAULT = ".default";
  private static final Set<String> OF_LIBRARIES = Set.of(Scopes.OPENID, "profile", Scopes.OFFLINE_ACCESS);
  /** What these ask for was granted before, with a consent that the request does not know. */
  static final Set<GrantType> OF_A_CONSENT =
      Set.of(GrantType.REFRESH_TOKEN, GrantType.AUTHORIZATION_CODE, GrantType.DEVICE_CODE, GrantType.CIBA);

  private final RegistrySnapshot registry;
  private final String tenant;
  private final Client client;
  private final Optional<GrantType> grantType;
  private final Map<String, Scope> registered;

  EntraScopes(RegistrySnapshot registry, String tenant, Client client, Optional<GrantType> grantType) {
    this.registry = registry;
    this.tenant = tenant;
    this.client = client;
    this.grantType = grantType;
    this.registered = registry.tenant(tenant).orElseThrow().scopes();
  }

  Checked<Asked> read(Form form) {
    List<String> named = form.all("resource");
    List<String> resources = named.stream().flatMap(asked -> registry.apiResource(tenant, asked).stream()).toList();
    if (resources.size() < named.size()) {
      return Checked.refused(Refusal.of(TokenError.INVALID_TARGET,
          "Invalid resource indicator: expected the name of a registered API resource, but found another"));
    }
    return Syntax.scope(form.find("scope").orElse("")).then(this::sorted).then(sorted -> {
      Wanted wanted = sorted.with(resources);
      return scopes(wanted).then(scopes -> Checked.accepted(new Asked(
          form.with("scope", scopes.isEmpty() ? List.of() : List.of(String.join(" ", scopes)))
              .with("resource", List.copyOf(wanted.resources)),
          wanted.spelled, List.copyOf(wanted.defaults), form.find("resource"))));
    });
  }

  /** What the tokens of a scope parameter mean, each by itself. */
  private Checked<Wanted> sorted(String text) {
    Wanted wanted = new Wanted();
    for (String token : Scopes.parse(text).values()) {
      Optional<Refusal> refusal = sort(token, wanted);
      if (refusal.isPresent()) {
        return Checked.refused(refusal.get());
      }
    }
    wanted.isAsked = !text.isBlank();
    return Checked.accepted(wanted);
  }

  private Optional<Refusal> sort(String token, Wanted wanted) {
    if (OF_LIBRARIES.contains(token)) {
      if (isOfUse(token)) {
        wanted.scopes.add(token);
      }
    } else if (registered.containsKey(token)) {
      wanted.scopes.add(token);
    } else if (token.equals(DEFAULT)) {
      wanted.defaults.add(token);
    } else if (token.endsWith("/" + DEFAULT)) {
      return sortDefault(token, wanted);
    } else {
      qualified(token, wanted);
    }
    return Optional.empty();
  }

  // MSAL4J asks for them with client_credentials, where there is no user to know of and nothing to refresh.
  private boolean isOfUse(String token) {
    return !isForClient() && registered.containsKey(token) && client.allowedScopes().contains(token);
  }

  private boolean isForClient() {
    return grantType.filter(GrantType.CLIENT_CREDENTIALS::equals).isPresent();
  }

  private Optional<Refusal> sortDefault(String token, Wanted wanted) {
    Optional<String> api = registry.apiResource(tenant, token.substring(0, token.length() - DEFAULT.length() - 1));
    if (api.isEmpty()) {
      return Optional.of(invalidScope("expected the name of a registered API resource before /.default, but found another"));
    }
    wanted.defaults.add(token);
    wanted.resources.add(api.get());
    wanted.whole.add(api.get());
    return Optional.empty();
  }

  // The name of a resource may hold slashes, and so may that of a scope.
  private void qualified(String token, Wanted wanted) {
    for (int slash = token.lastIndexOf('/'); slash > 0; slash = token.lastIndexOf('/', slash - 1)) {
      String name = token.substring(slash + 1);
      Optional<String> api = registry.apiResource(tenant, token.substring(0, slash)).filter(found -> isOf(name, found));
      if (api.isPresent()) {
        wanted.scopes.add(name);
        wanted.spelled.put(name, token);
        wanted.resources.add(api.get());
        return;
      }
    }
    // Whoever decides says that there is no such scope.
    wanted.scopes.add(token);
  }

  private boolean isOf(String scope, String api) {
    Scope found = registered.get(scope);
    return found != null && found.audiences().contains(api);
  }

  private Checked<Set<String>> scopes(Wanted wanted) {
    if (!wanted.isByDefault()) {
      // Of nothing but what the client may not have, an absent scope would make everything.
      return wanted.scopes.isEmpty() && wanted.isAsked
          ? Checked.refused(invalidScope(isForClient()
              ? "expected resource/.default or a scope of an API resource, but found only scopes that are about a user"
              : "expected a scope allowed to the client, but found none"))
          : Checked.accepted(wanted.scopes);
    }
    // With the resource and without a scope, what was consented to for it is meant.
    if (grantType.filter(OF_A_CONSENT::contains).isPresent()) {
      return Checked.accepted(Set.of());
    }
    Set<String> all = new TreeSet<>(wanted.scopes);
    int asked = all.size();
    client.allowedScopes().values().stream().filter(name -> wanted.whole.isEmpty() ? isOfAnApi(name)
        : wanted.whole.stream().anyMatch(api -> isOf(name, api))).forEach(all::add);
    return all.size() > asked || wanted.hasApiScope()
        ? Checked.accepted(all)
        : Checked.refused(invalidScope("expected a resource of which the client may have a scope, but it may have none of "
            + (wanted.whole.isEmpty() ? "any" : String.join(" ", wanted.whole))));
  }

  private boolean isOfAnApi(String scope) {
    return registered.containsKey(scope) && registered.get(scope).kind() == Scope.Kind.API;
  }

  private static Refusal invalidScope(String description) {
    return Refusal.of(TokenError.INVALID_SCOPE, description);
  }

  /** What a scope parameter comes to. */
  private final class Wanted {
    private final Set<String> scopes = new TreeSet<>();
    private final Map<String, String> spelled = new LinkedHashMap<>();
    private final Set<String> defaults = new LinkedHashSet<>();
    private final Set<String> resources = new LinkedHashSet<>();
    /** Resources of which all scopes are wanted. */
    private final Set<String> whole = new LinkedHashSet<>();
    /** Whether something was asked for. */
    private boolean isAsked;

    Wanted with(List<String> named) {
      resources.addAll(named);
      // A resource beside no scope of an API, or beside ".default" that names none, is wanted whole.
      if (!named.isEmpty() && (!hasApiScope() || defaults.contains(DEFAULT))) {
        whole.addAll(named);
      }
      return this;
    }

    boolean isByDefault() {
      return !defaults.isEmpty() || !whole.isEmpty();
    }

    boolean hasApiScope() {
      return scopes.stream().anyMatch(name -> !OF_LIBRARIES.contains(name));
    }
  }
}
