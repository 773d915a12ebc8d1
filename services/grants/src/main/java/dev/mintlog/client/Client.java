package dev.mintlog.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A registered client, as far as a decision needs it; how it authenticates is the edge's business.
 *
 * @param enabled a disabled client gets nothing, whatever revision its command was made under
 * @param requirePkce whether a code without a challenge is refused
 * @param access what its access tokens may be for and hold
 * @param ciba how long its backchannel requests wait and how it hears of them
 * @param isPublic without credentials of its own, RFC 6749 §2.1: nothing but a key of its own binds a handle to it
 */
public record Client(
    String id,
    boolean enabled,
    Set<GrantType> grantTypes,
    Scopes allowedScopes,
    Set<String> redirectUris,
    boolean requirePkce,
    TokenPolicy tokens,
    RefreshPolicy refresh,
    DevicePolicy device,
    AccessPolicy access,
    CibaPolicy ciba,
    boolean isPublic) {

  public Client {
    grantTypes = Set.copyOf(grantTypes);
    redirectUris = Set.copyOf(redirectUris);
  }

  /** A client whose access tokens are as usual. */
  public Client(String id, boolean enabled, Set<GrantType> grantTypes, Scopes allowedScopes, Set<String> redirectUris,
      boolean requirePkce, TokenPolicy tokens, RefreshPolicy refresh, DevicePolicy device) {
    this(id, enabled, grantTypes, allowedScopes, redirectUris, requirePkce, tokens, refresh, device,
        AccessPolicy.DEFAULT, CibaPolicy.DEFAULT, false);
  }

  /** The same client, disabled. */
  public Client disabled() {
    return new Client(
        id, false, grantTypes, allowedScopes, redirectUris, requirePkce, tokens, refresh, device, access, ciba,
        isPublic);
  }

  public Client withAccess(AccessPolicy other) {
    return new Client(
        id, enabled, grantTypes, allowedScopes, redirectUris, requirePkce, tokens, refresh, device, other, ciba,
        isPublic);
  }

  public boolean mayUse(GrantType grantType) {
    return grantTypes.contains(grantType);
  }

  /** How tokens of the client are made and how long they live. */
  public record TokenPolicy(SigningAlgorithm algorithm, Duration accessTokenLifetime, Duration idTokenLifetime,
      Duration codeLifetime, Optional<IdTokenEncryption> idTokenEncryption) {
    public static final TokenPolicy DEFAULT = new TokenPolicy(
        SigningAlgorithm.RS256, Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofMinutes(5));

    /** ID tokens are signed and not encrypted. */
    public TokenPolicy(SigningAlgorithm algorithm, Duration accessTokenLifetime, Duration idTokenLifetime,
        Duration codeLifetime) {
      this(algorithm, accessTokenLifetime, idTokenLifetime, codeLifetime, Optional.empty());
    }
  }

  /**
   * How refresh handles live.
   *
   * @param absoluteLifetime end of the authorization, counted from its birth
   * @param slidingLifetime end of a handle that is not used
   * @param graceWindow how long the same client may present the previous handle again
   * @param rotates whether each use supersedes a handle, RFC 9700 §4.14.2; else the same one is given again
   */
  public record RefreshPolicy(Duration absoluteLifetime, Duration slidingLifetime, Duration graceWindow,
      boolean rotates) {
    public static final RefreshPolicy DEFAULT =
        new RefreshPolicy(Duration.ofDays(30), Duration.ofDays(15), Duration.ofSeconds(60));

    /** Of handles that rotate. */
    public RefreshPolicy(Duration absoluteLifetime, Duration slidingLifetime, Duration graceWindow) {
      this(absoluteLifetime, slidingLifetime, graceWindow, true);
    }

    /** The same lifetimes, for handles that are good until they end. */
    public RefreshPolicy withoutRotation() {
      return new RefreshPolicy(absoluteLifetime, slidingLifetime, graceWindow, false);
    }

    /**
     * When a handle ends that is not used.
     *
     * @param bornAt birth of the authorization
     * @param since when the handle was given last
     */
    public Instant endOf(Instant bornAt, Instant since) {
      Instant sliding = since.plus(slidingLifetime);
      Instant absolute = bornAt.plus(absoluteLifetime);
      return sliding.isBefore(absolute) ? sliding : absolute;
    }
  }

  /** RFC 8628 §3.2: {@code expires_in} and {@code interval}. */
  public record DevicePolicy(Duration lifetime, Duration pollingInterval) {
    public static final DevicePolicy DEFAULT = new DevicePolicy(Duration.ofMinutes(5), Duration.ofSeconds(5));
  }
}
