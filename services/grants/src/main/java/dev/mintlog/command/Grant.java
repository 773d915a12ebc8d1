package dev.mintlog.command;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CodeChallenge;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.GrantType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The proof a client presents, RFC 6749 §1.3, secrets already digested. */
public interface Grant {

  GrantType type();

  /** The authorization the proof belongs to; empty for a grant without state. */
  Optional<AuthorizationId> authorization();

  /** A proof that names the authorization it belongs to, or that is to be born of it. */
  interface OnAuthorization extends Grant {
    AuthorizationId id();

    @Override
    default Optional<AuthorizationId> authorization() {
      return Optional.of(id());
    }
  }

  /** RFC 6749 §4.4. */
  record ClientCredentials() implements Grant {
    @Override
    public GrantType type() {
      return GrantType.CLIENT_CREDENTIALS;
    }

    @Override
    public Optional<AuthorizationId> authorization() {
      return Optional.empty();
    }
  }

  /**
   * RFC 6749 §4.1.3.
   *
   * @param id the authorization the code names
   * @param verified S256 of the code_verifier, RFC 7636 §4.6; empty where none was sent
   */
  record AuthorizationCode(AuthorizationId id, Optional<String> redirectUri, Optional<CodeChallenge> verified)
      implements OnAuthorization {
    @Override
    public GrantType type() {
      return GrantType.AUTHORIZATION_CODE;
    }
  }

  /** RFC 6749 §6; the generation stood in the handle, under its MAC. */
  record RefreshToken(AuthorizationId id, int generation) implements OnAuthorization {
    public RefreshToken {
      // 0 stands for "no refresh handle was ever given"; a handle of it must not pass for the current one.
      if (generation < 1) {
        throw new IllegalArgumentException("Expected generation 1 or higher, but found " + generation);
      }
    }

    @Override
    public GrantType type() {
      return GrantType.REFRESH_TOKEN;
    }
  }

  /** OpenID CIBA Core §10.1. */
  record AuthReqId(AuthorizationId id) implements OnAuthorization {
    @Override
    public GrantType type() {
      return GrantType.CIBA;
    }
  }

  /**
   * RFC 8693 §2.1.
   *
   * @param actor {@code sub} of the actor_token; empty where none was sent
   */
  record TokenExchange(SubjectToken subject, Optional<String> actor) implements Grant {
    @Override
    public GrantType type() {
      return GrantType.TOKEN_EXCHANGE;
    }

    /** The subject token's: the exchange is decided among the commands that could end it. */
    @Override
    public Optional<AuthorizationId> authorization() {
      return subject.authorization();
    }
  }

  /**
   * RFC 7523 §2.1 with {@code requested_token_use=on_behalf_of}: the assertion is an access token of ours, whose API goes on
   * to another one for its user. An edge has verified it, and that what it was issued on stands.
   *
   * @param id the authorization to be born
   * @param origin the authorization that the user gave
   * @param authTime when the user was authenticated
   * @param acr authentication context class, OpenID Connect Core §2
   * @param amr authentication methods, RFC 8176
   * @param userClaims what is known of the user and wanted by API resources
   */
  record OnBehalfOf(AuthorizationId id, AuthorizationId origin, SubjectToken subject, Optional<Instant> authTime,
      Optional<String> acr, List<String> amr, ClaimValues userClaims) implements OnAuthorization {
    public OnBehalfOf {
      amr = List.copyOf(amr);
    }

    @Override
    public GrantType type() {
      return GrantType.JWT_BEARER;
    }
  }

  /**
   * RFC 6749 §4.3: an edge has verified the user's password. Neither password nor username travels.
   *
   * @param id the authorization to be born
   * @param acr the class that was asked for and that a password satisfies, OpenID Connect Core §2
   * @param amr authentication methods, RFC 8176
   * @param idp the provider of users that knew the password
   * @param userClaims what is known of the user and wanted by API resources
   */
  record Password(AuthorizationId id, String subject, Instant authTime, Optional<String> acr, List<String> amr,
      String idp, ClaimValues userClaims) implements OnAuthorization {
    /** Of whatever is wrong about username, password or user: who guesses learns nothing more. */
    public static final String NO_MATCH =
        "expected the username and password of a user who may sign in, but found no match";

    public Password {
      amr = List.copyOf(amr);
    }

    @Override
    public GrantType type() {
      return GrantType.PASSWORD;
    }
  }

  /** RFC 8628 §3.4. */
  record DeviceCode(AuthorizationId id) implements OnAuthorization {
    @Override
    public GrantType type() {
      return GrantType.DEVICE_CODE;
    }
  }

  /**
   * RFC 6749 §4.5: an extension at an edge, or the edge itself (RFC 7523 §2.1), has judged the credential, which does not
   * travel.
   *
   * @param type a URI
   * @param judged false where the extension was not asked, because the client may not use the grant type
   * @param user whom the tokens are for; empty for the client itself
   */
  record Extension(GrantType type, boolean judged, Optional<User> user) implements Grant {
    /** The answer where the user may have no tokens. */
    public static final String NO_USER = "expected a credential of a user who may sign in, but found another";

    public Extension {
      if (!type.value().contains(":")) {
        throw new IllegalArgumentException("Expected a URI as the grant type of an extension, but found " + type);
      }
    }

    /**
     * The user whom an extension vouches for.
     *
     * @param id the authorization to be born
     * @param acr authentication context class, OpenID Connect Core §2
     * @param amr authentication methods, RFC 8176
     * @param claims what is known of the user and wanted by API resources
     * @param idp the issuer that vouches, where it has a name
     */
    public record User(AuthorizationId id, String subject, Optional<Instant> authTime, Optional<String> acr,
        List<String> amr, ClaimValues claims, Optional<String> idp) {
      public User {
        amr = List.copyOf(amr);
      }
    }

    @Override
    public Optional<AuthorizationId> authorization() {
      return user.map(User::id);
    }
  }
}
