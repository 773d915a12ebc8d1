package dev.mintlog.edge.command.authorization;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.edge.command.CommandBody;
import dev.mintlog.edge.command.SealedUserClaims;
import dev.mintlog.schema.ApproveBackchannelAuthentication;
import dev.mintlog.schema.ApproveDeviceAuthorization;
import dev.mintlog.schema.CreateAuthorization;
import dev.mintlog.schema.RefuseBackchannelAuthentication;
import dev.mintlog.schema.RefuseDeviceAuthorization;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The commands of the login application. What it says about a user beyond the protocol's own travels sealed. */
public final class LoginCommands {
  private final SealedUserClaims sealed;
  private final SecureRandom random;

  /** @param sealer of direction COMMAND */
  public LoginCommands(Sealer sealer, SecureRandom random) {
    this.sealed = new SealedUserClaims(sealer);
    this.random = random;
  }

  /**
   * How a resource owner was authenticated, and what they agreed to.
   *
   * @param scope as it was asked for; empty for all
   * @param amr authentication methods, RFC 8176
   * @param claims further claims for the ID token
   * @param userClaims further claims for access tokens of API resources that want them
   */
  public record Approval(String subject, Optional<String> scope, Optional<Instant> authTime, Optional<String> acr,
      List<String> amr, Optional<FurtherClaims> claims, ClaimValues userClaims) {
    public Approval {
      amr = List.copyOf(amr);
    }

    public Approval withClaims(FurtherClaims forIdToken) {
      return new Approval(subject, scope, authTime, acr, amr, Optional.of(forIdToken), userClaims);
    }

    public Approval withUserClaims(ClaimValues found) {
      return new Approval(subject, scope, authTime, acr, amr, claims, found);
    }
  }

  /**
   * What the authorization request had that its token request will be measured by.
   *
   * @param resources the API resources it named, RFC 8707 §2.1
   * @param details what was granted in detail, RFC 9396: the text of a JSON array
   * @param userInfoClaims what is known of the claims that it asked for at the userinfo endpoint
   */
  public record AuthorizationRequest(Optional<String> redirectUri, Optional<String> codeChallenge,
      Optional<String> nonce, List<String> resources, Optional<FurtherClaims> details, ClaimValues userInfoClaims) {
    public AuthorizationRequest {
      resources = List.copyOf(resources);
    }

    /** A request that asks for no claims at the userinfo endpoint, or of which none is known yet. */
    public AuthorizationRequest(Optional<String> redirectUri, Optional<String> codeChallenge,
        Optional<String> nonce, List<String> resources, Optional<FurtherClaims> details) {
      this(redirectUri, codeChallenge, nonce, resources, details, ClaimValues.NONE);
    }

    public AuthorizationRequest withUserInfoClaims(ClaimValues found) {
      return new AuthorizationRequest(redirectUri, codeChallenge, nonce, resources, details, found);
    }
  }

  /**
   * An authorization to be born.
   *
   * @param secret of the handles to come
   */
  public record NewAuthorization(AuthorizationId id, HandleSecret secret, CommandBody body) {}

  public NewAuthorization create(String tenant, Approval approval, AuthorizationRequest request) {
    HandleSecret secret = HandleSecret.random(random);
    AuthorizationId id = secret.authorizationId(tenant);
    return new NewAuthorization(id, secret, ((CommandBody) header -> new CreateAuthorization(header, id.value(),
        approval.subject(), approval.scope().orElse(null), request.redirectUri().orElse(null), request.codeChallenge().orElse(null),
        request.nonce().orElse(null), approval.authTime().orElse(null), approval.acr().orElse(null), approval.amr(),
        sealed.of(id, header, approval.claims()), sealed.of(id, header, approval.userClaims()),
        sealed.of(id, header, request.details()), sealed.of(id, header, request.userInfoClaims())))
        .forResources(request.resources()));
  }

  /** @param handle what the request that was approved is polled with */
  public CommandBody approve(HandleKind handle, AuthorizationId id, Approval approval) {
    return handle == HandleKind.AUTH_REQ_ID ? approveBackchannel(id, approval) : approveDevice(id, approval);
  }

  /** @param handle what the request that was refused is polled with */
  public CommandBody refuse(HandleKind handle, AuthorizationId id) {
    return handle == HandleKind.AUTH_REQ_ID
        ? header -> new RefuseBackchannelAuthentication(header, id.value())
        : header -> new RefuseDeviceAuthorization(header, id.value());
  }

  private CommandBody approveBackchannel(AuthorizationId id, Approval approval) {
    return header -> new ApproveBackchannelAuthentication(header, id.value(), approval.subject(),
        approval.scope().orElse(null), approval.authTime().orElse(null), approval.acr().orElse(null), approval.amr(),
        sealed.of(id, header, approval.claims()), sealed.of(id, header, approval.userClaims()));
  }

  private CommandBody approveDevice(AuthorizationId id, Approval approval) {
    return header -> new ApproveDeviceAuthorization(header, id.value(), approval.subject(),
        approval.scope().orElse(null), approval.authTime().orElse(null), approval.acr().orElse(null), approval.amr(),
        sealed.of(id, header, approval.claims()), sealed.of(id, header, approval.userClaims()));
  }
}
