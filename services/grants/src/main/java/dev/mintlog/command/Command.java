package dev.mintlog.command;

import dev.mintlog.answer.ResponseKind;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.BackchannelRequest;
import dev.mintlog.authorization.CodeChallenge;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.client.AuthorizationDetail;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A command on one authorization, or a token request that needs none. */
public sealed interface Command {

  Delivery delivery();

  String tenant();

  /** The client it is about: the one that asks, or the one that an authorization is made for. */
  String clientId();

  /** The authorization it is on; empty for a grant without state, such as client_credentials. */
  Optional<AuthorizationId> authorization();

  /** A command that names the authorization it is on, whose tenant is its own. */
  sealed interface OnAuthorization extends Command {
    AuthorizationId id();

    @Override
    default String tenant() {
      return id().tenant();
    }

    @Override
    default Optional<AuthorizationId> authorization() {
      return Optional.of(id());
    }
  }

  /** A command that no authorization is loaded for. */
  sealed interface WithoutAuthorization extends Command {
    @Override
    default Optional<AuthorizationId> authorization() {
      return Optional.empty();
    }
  }

  /**
   * A request at the token endpoint, client authenticated, RFC 6749 §3.2.
   *
   * @param scope the scopes asked for; empty where the parameter was absent or blank
   * @param resources the API resources asked for, RFC 8707 §2.2; empty where the parameter was absent
   * @param newAuthorization what is born of a grant without state where the access token is to be a handle
   * @param style which further claims the tokens are to have
   * @param details the part of what was granted in detail that is asked for, RFC 9396 §6; empty where the parameter was
   *     absent, and for grants that are not asked for a part
   */
  record TokenRequest(Delivery delivery, String tenant, String clientId, Grant grant, Optional<Scopes> scope,
      List<String> resources, Optional<AuthorizationId> newAuthorization, TokenStyle style,
      Optional<List<AuthorizationDetail>> details) implements Command {
    public TokenRequest {
      resources = List.copyOf(resources);
      details = details.map(List::copyOf);
    }

    /** A request for all that was granted in detail. */
    public TokenRequest(Delivery delivery, String tenant, String clientId, Grant grant, Optional<Scopes> scope,
        List<String> resources, Optional<AuthorizationId> newAuthorization, TokenStyle style) {
      this(delivery, tenant, clientId, grant, scope, resources, newAuthorization, style, Optional.empty());
    }

    /** A request for tokens with the RFCs' claims. */
    public TokenRequest(Delivery delivery, String tenant, String clientId, Grant grant, Optional<Scopes> scope,
        List<String> resources, Optional<AuthorizationId> newAuthorization) {
      this(delivery, tenant, clientId, grant, scope, resources, newAuthorization, TokenStyle.RFC);
    }

    /** A request that nothing is born of. */
    public TokenRequest(Delivery delivery, String tenant, String clientId, Grant grant, Optional<Scopes> scope,
        List<String> resources) {
      this(delivery, tenant, clientId, grant, scope, resources, Optional.empty());
    }

    /** A request that names no resource. */
    public TokenRequest(Delivery delivery, String tenant, String clientId, Grant grant, Optional<Scopes> scope) {
      this(delivery, tenant, clientId, grant, scope, List.of());
    }

    @Override
    public Optional<AuthorizationId> authorization() {
      return grant.authorization().or(() -> newAuthorization);
    }
  }

  /**
   * The login application records a consent and wants a code for it.
   *
   * @param consent scopes empty where all that the client may have are meant
   */
  record CreateAuthorization(
      Delivery delivery, AuthorizationId id, Consent consent, Optional<String> redirectUri,
      Optional<CodeChallenge> challenge) implements OnAuthorization {
    @Override
    public String clientId() {
      return consent.clientId();
    }
  }

  /**
   * RFC 8628 §3.1.
   *
   * @param userCodeDigests keyed digests of candidate user_codes; the first one that is free is taken
   */
  record CreateDeviceAuthorization(
      Delivery delivery, AuthorizationId id, String clientId, Optional<Scopes> scope, List<String> userCodeDigests)
      implements OnAuthorization {
    public CreateDeviceAuthorization {
      userCodeDigests = List.copyOf(userCodeDigests);
    }
  }

  /**
   * OpenID CIBA Core §7.1, the client authenticated and the user known.
   *
   * @param requestedExpiry how long the request is to wait at most; empty for as long as the client's policy says
   */
  record CreateBackchannelRequest(
      Delivery delivery, AuthorizationId id, String clientId, Scopes scope, BackchannelRequest asked,
      Optional<Duration> requestedExpiry) implements OnAuthorization {}

  /**
   * The user approved a request that is polled for.
   *
   * @param handle what the request is polled with
   * @param scope empty where all that was asked for is meant
   * @param userClaims claims of the user that API resources want
   */
  record ApproveRequest(
      Delivery delivery, AuthorizationId id, HandleKind handle, String clientId, String subject,
      Optional<Scopes> scope, Optional<Instant> authTime, Optional<String> acr, List<String> amr,
      Optional<FurtherClaims> claims, ClaimValues userClaims) implements OnAuthorization {
    public ApproveRequest {
      amr = List.copyOf(amr);
    }

    /** An approval by a user of whom nothing more is known. */
    public ApproveRequest(Delivery delivery, AuthorizationId id, HandleKind handle, String clientId, String subject,
        Optional<Scopes> scope, Optional<Instant> authTime, Optional<String> acr, List<String> amr,
        Optional<FurtherClaims> claims) {
      this(delivery, id, handle, clientId, subject, scope, authTime, acr, amr, claims, ClaimValues.NONE);
    }
  }

  /**
   * The user refused a request that is polled for.
   *
   * @param handle what the request is polled with
   */
  record RefuseRequest(Delivery delivery, AuthorizationId id, HandleKind handle, String clientId)
      implements OnAuthorization {}

  /** Ends an authorization; commits at any age. */
  record RevokeAuthorization(Delivery delivery, AuthorizationId id, String clientId) implements OnAuthorization {}

  /**
   * Ends all authorizations of a subject, of a client, or of a subject at a client, that were born before the command was
   * given. It counts at any age.
   *
   * @param clientId who asks: the login application, or {@link #OPERATOR}
   * @param subject empty: of every subject
   * @param client empty: at every client
   */
  record RevokeBefore(Delivery delivery, String tenant, String clientId, Optional<String> subject,
      Optional<String> client) implements WithoutAuthorization {
    /** Who asks by the command line. No client is registered with this id: the registry takes no space. */
    public static final String OPERATOR = "the operator";

    public RevokeBefore {
      if (subject.isEmpty() && client.isEmpty()) {
        throw new IllegalArgumentException("Expected a subject, a client or both, but found neither");
      }
    }

    /** What was born before this ends. */
    public Instant before() {
      return delivery.requestedAt();
    }
  }

  /**
   * Signs what an edge found out, for who asked. It changes no state.
   *
   * @param clientId the client or the API resource that asked
   * @param subject the user it is about, where the response says so at its top
   * @param content what the response says
   */
  record SignResponse(Delivery delivery, String tenant, String clientId, ResponseKind kind, Optional<String> subject,
      FurtherClaims content) implements WithoutAuthorization {}

  /**
   * Spends the proofs of a question that the edge answers by itself, so that they are good for one here as well. It
   * changes nothing else.
   *
   * @param clientId the client that asked
   */
  record SpendProofs(Delivery delivery, String tenant, String clientId) implements WithoutAuthorization {}
}
