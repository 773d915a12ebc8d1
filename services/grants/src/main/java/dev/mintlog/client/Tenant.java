package dev.mintlog.client;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An issuer with its own scopes and keys.
 *
 * @param issuer the {@code iss} of its tokens, without a trailing slash
 * @param scopes every registered scope by name
 * @param keys signing keys, in the order of the log: of two with one signFrom the first wins
 * @param userClaims names of the claims of users that go into access tokens, by API resource
 * @param policy what its clients rely on
 * @param detailTypes the API resource that each type of authorization details belongs to, RFC 9396 §2
 */
public record Tenant(String name, String issuer, Map<String, Scope> scopes, List<SigningKeyRef> keys,
    Map<String, Set<String>> userClaims, TenantPolicy policy, Map<String, String> detailTypes) {

  public Tenant {
    scopes = Map.copyOf(scopes);
    keys = List.copyOf(keys);
    userClaims = Map.copyOf(userClaims);
    detailTypes = Map.copyOf(detailTypes);
  }

  /** A tenant without types of authorization details. */
  public Tenant(String name, String issuer, Map<String, Scope> scopes, List<SigningKeyRef> keys,
      Map<String, Set<String>> userClaims, TenantPolicy policy) {
    this(name, issuer, scopes, keys, userClaims, policy, Map.of());
  }

  /** A tenant of the default policy. */
  public Tenant(String name, String issuer, Map<String, Scope> scopes, List<SigningKeyRef> keys,
      Map<String, Set<String>> userClaims) {
    this(name, issuer, scopes, keys, userClaims, TenantPolicy.DEFAULT);
  }

  /** The same, whose API resources want no claims of users. */
  public Tenant(String name, String issuer, Map<String, Scope> scopes, List<SigningKeyRef> keys) {
    this(name, issuer, scopes, keys, Map.of());
  }

  /** What names it in tokens for clients of Entra ID: its GUID, where it has one. */
  public String tenantId() {
    return policy.guid().orElse(name);
  }

  /** The same with other signing keys. */
  public Tenant withKeys(List<SigningKeyRef> others) {
    return new Tenant(name, issuer, scopes, others, userClaims, policy, detailTypes);
  }

  public boolean isApiScope(String name) {
    Scope scope = scopes.get(name);
    return scope != null && scope.kind() == Scope.Kind.API;
  }

  /**
   * The {@code aud} of an access token with these scopes, RFC 9068 §3: the API resources that own them; the issuer itself
   * (its userinfo endpoint) where none does.
   */
  public List<String> audienceOf(Scopes granted) {
    TreeSet<String> audience = new TreeSet<>();
    for (String name : granted.values()) {
      Scope scope = scopes.get(name);
      if (scope != null) {
        audience.addAll(scope.audiences());
      }
    }
    return audience.isEmpty() ? List.of(issuer) : List.copyOf(audience);
  }

  /**
   * RFC 8707 §2.2: a token for certain API resources. Its scopes are the granted ones that one of them owns, and those that
   * no API owns.
   *
   * @param resources names of API resources; none stands for all that the scopes belong to
   */
  public Scopes narrowed(Scopes granted, List<String> resources) {
    return resources.isEmpty() ? granted : granted.filtered(name -> {
      Scope scope = scopes.get(name);
      return scope == null || scope.kind() != Scope.Kind.API || scope.audiences().stream().anyMatch(resources::contains);
    });
  }

  /** The {@code aud} of such a token: the asked resources that own a granted scope, the issuer where none does. */
  public List<String> audienceOf(Scopes granted, List<String> resources) {
    List<String> all = audienceOf(granted);
    if (resources.isEmpty()) {
      return all;
    }
    List<String> asked = all.stream().filter(resources::contains).toList();
    return asked.isEmpty() ? List.of(issuer) : asked;
  }

  /** Those that a token is for which is for this audience. */
  public List<AuthorizationDetail> detailsFor(Collection<String> audience, List<AuthorizationDetail> details) {
    return details.stream()
        .filter(detail -> detailTypes.containsKey(detail.type()) && audience.contains(detailTypes.get(detail.type())))
        .toList();
  }

  /** Names of the claims of users that some API resource wants. */
  public Set<String> wantedUserClaims() {
    return wantedUserClaims(userClaims.keySet());
  }

  /** Names of the claims of users that one of these API resources wants. */
  public Set<String> wantedUserClaims(Collection<String> audience) {
    return audience.stream().flatMap(api -> userClaims.getOrDefault(api, Set.of()).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The key in force at a time: the one with the latest signFrom that has passed. */
  public Optional<SigningKeyRef> signingKeyAt(SigningAlgorithm algorithm, Instant time) {
    SigningKeyRef inForce = null;
    for (SigningKeyRef key : keys) {
      boolean usable = key.algorithm() == algorithm && !key.signFrom().isAfter(time);
      if (usable && (inForce == null || key.signFrom().isAfter(inForce.signFrom()))) {
        inForce = key;
      }
    }
    return Optional.ofNullable(inForce);
  }
}
