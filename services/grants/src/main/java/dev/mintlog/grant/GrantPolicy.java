package dev.mintlog.grant;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Profile;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import java.util.Optional;
import java.util.Set;

/**
 * What a tenant's profile changes in decisions, and the one place in the core that knows profiles. What it changes in how
 * answers look is the edge's.
 */
public enum GrantPolicy {
  RFC(TokenError.INVALID_GRANT, TokenError.UNAUTHORIZED_CLIENT, true, true),
  IDENTITY_SERVER(TokenError.UNAUTHORIZED_CLIENT, TokenError.UNSUPPORTED_GRANT_TYPE, false, false);

  /** The grants that are no extension grants there. */
  private static final Set<GrantType> STANDARD = Set.of(GrantType.AUTHORIZATION_CODE, GrantType.CLIENT_CREDENTIALS,
      GrantType.REFRESH_TOKEN, GrantType.DEVICE_CODE, GrantType.PASSWORD, new GrantType("urn:openid:params:grant-type:ciba"));

  private final TokenError missingRedirectUri;
  private final TokenError extensionNotAllowed;
  private final boolean refreshNarrows;
  private final boolean idTokenForPassword;

  GrantPolicy(TokenError missingRedirectUri, TokenError extensionNotAllowed, boolean refreshNarrows,
      boolean idTokenForPassword) {
    this.missingRedirectUri = missingRedirectUri;
    this.extensionNotAllowed = extensionNotAllowed;
    this.refreshNarrows = refreshNarrows;
    this.idTokenForPassword = idTokenForPassword;
  }

  public static GrantPolicy of(Registration registration) {
    return registration.tenant().policy().profile() == Profile.IDENTITY_SERVER ? IDENTITY_SERVER : RFC;
  }

  /** The error where a grant type is served, but not for this client. */
  public TokenError notAllowed(GrantType type) {
    return STANDARD.contains(type) ? TokenError.UNAUTHORIZED_CLIENT : extensionNotAllowed;
  }

  /** The error where the authorization request had a redirect_uri and the token request has none. */
  public TokenError missingRedirectUri() {
    return missingRedirectUri;
  }

  /** The scope that a refresh asks for. */
  public Optional<Scopes> scopeOfRefresh(Optional<Scopes> requested) {
    return refreshNarrows ? requested : Optional.empty();
  }

  /** Whether an ID token goes with the tokens of a grant, where openid was granted. */
  public boolean givesIdToken(GrantType type) {
    return idTokenForPassword || !type.equals(GrantType.PASSWORD);
  }
}
