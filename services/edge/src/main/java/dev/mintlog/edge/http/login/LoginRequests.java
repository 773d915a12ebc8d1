package dev.mintlog.edge.http.login;

import dev.mintlog.authorization.CodeChallenge;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Confirmation;
import dev.mintlog.edge.command.authorization.LoginCommands.Approval;
import dev.mintlog.edge.command.authorization.LoginCommands.AuthorizationRequest;
import dev.mintlog.edge.http.JsonFields;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.ResourceIndicators;
import dev.mintlog.edge.request.Syntax;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the login application's requests; docs/openapi/login-api.yaml describes them. */
public final class LoginRequests {
  /** A subject is opaque and short, OpenID Connect Core §2. */
  static final int SUBJECT_CHARACTERS_MAX = 255;

  public static final Set<String> APPROVAL = Set.of("subject", "scope", "auth_time", "acr", "amr", "claims");
  public static final Set<String> AUTHORIZATION = authorizationMembers();

  public static final Set<String> REVOCATION = Set.of("subject", "client_id");

  private LoginRequests() {}

  /** What is to end: all of a subject, of a client, or of the subject at the client. */
  record BroadRevocation(Optional<String> subject, Optional<String> client) {}

  static Checked<BroadRevocation> revocation(byte[] body) {
    return JsonFields.parse(body, REVOCATION).then(fields -> {
      BroadRevocation revocation = new BroadRevocation(fields.text("subject"), fields.text("client_id"));
      if (revocation.subject().isEmpty() && revocation.client().isEmpty()) {
        fields.problem("expected the member subject, client_id or both, but found neither");
      }
      revocation.subject().ifPresent(subject -> checkSubject(fields, subject));
      return fields.checked(revocation);
    });
  }

  /**
   * A consent and the authorization request that it answers.
   *
   * @param wished what the authorization request wishes to find in the ID token and at the userinfo endpoint
   * @param key the key that the code is bound to, RFC 9449 §10
   */
  record NewAuthorizationRequest(String clientId, Approval approval, AuthorizationRequest request,
      ClaimsParameter wished, Optional<Confirmation> key) {

    /** @param wanted names of those that API resources want; others were asked for elsewhere */
    NewAuthorizationRequest withUserClaims(ClaimValues found, Set<String> wanted) {
      JsonObject forIdToken = wished.forIdToken(found);
      approval.claims().map(FurtherClaims::json).map(JsonObject::new).ifPresent(forIdToken::mergeIn);
      Approval told = approval.withUserClaims(found.only(wanted));
      return new NewAuthorizationRequest(clientId,
          forIdToken.isEmpty() ? told : told.withClaims(new FurtherClaims(forIdToken.encode())),
          request.withUserInfoClaims(wished.forUserInfo(found)), wished, key);
    }
  }

  static Checked<NewAuthorizationRequest> authorization(byte[] body) {
    return JsonFields.parse(body, AUTHORIZATION).then(fields -> {
      String clientId = fields.required("client_id");
      AuthorizationRequest request =
          new AuthorizationRequest(fields.text("redirect_uri"), challenge(fields), fields.text("nonce"),
              fields.texts("resource"), fields.array("authorization_details").map(FurtherClaims::new));
      Approval approval = approval(fields);
      ClaimsParameter wished = fields.object("requested_claims")
          .map(json -> ClaimsParameter.read(json, fields::problem)).orElse(ClaimsParameter.NONE);
      wished.unmet(approval).ifPresent(fields::problem);
      return fields.checked(new NewAuthorizationRequest(clientId, approval, request, wished, key(fields)))
          .then(read -> ResourceIndicators.read(request.resources()).then(wellFormed -> Checked.accepted(read)));
    });
  }

  static Checked<Approval> approval(byte[] body) {
    return JsonFields.parse(body, APPROVAL).then(fields -> {
      Approval approval = approval(fields);
      return fields.checked(approval);
    });
  }

  private static Approval approval(JsonFields fields) {
    String subject = fields.required("subject");
    checkSubject(fields, subject);
    Optional<String> scope = fields.text("scope");
    if (scope.map(Syntax::scope).orElse(Checked.accepted("")) instanceof Checked.Refused<String> refused) {
      fields.problem(refused.refusal().description());
    }
    return new Approval(subject, scope, fields.seconds("auth_time").map(Instant::ofEpochSecond), fields.text("acr"),
        fields.texts("amr"), fields.object("claims").map(JsonObject::encode).map(FurtherClaims::new),
        ClaimValues.NONE);
  }

  // OpenID Connect Core §2: "It MUST NOT exceed 255 ASCII characters in length."
  private static void checkSubject(JsonFields fields, String subject) {
    if (subject.length() > SUBJECT_CHARACTERS_MAX || !isVisibleAscii(subject)) {
      fields.problem("expected at most " + SUBJECT_CHARACTERS_MAX + " visible ASCII characters as subject");
    }
  }

  // RFC 7636 §4.2 knows plain as well; RFC 9700 §2.1.1 wants a method that does not expose the verifier, and so do we.
  private static Optional<String> challenge(JsonFields fields) {
    Optional<String> challenge = fields.text("code_challenge");
    Optional<String> method = fields.text("code_challenge_method");
    if (challenge.isPresent() && !CodeChallenge.isS256(challenge.get())) {
      fields.problem("expected 43 characters of base64url as code_challenge");
    }
    if (method.isPresent() != challenge.isPresent() || method.isPresent() && !method.get().equals("S256")) {
      fields.problem("expected S256 as code_challenge_method beside a code_challenge");
    }
    return challenge;
  }

  // RFC 9449 §10: "The value of the dpop_jkt authorization request parameter is the JWK Thumbprint [RFC7638] of the
  // proof-of-possession public key using the SHA-256 hash function".
  private static Optional<Confirmation> key(JsonFields fields) {
    Optional<String> thumbprint = fields.text("dpop_jkt");
    if (thumbprint.isPresent() && !Confirmation.isThumbprint(thumbprint.get())) {
      fields.problem("expected 43 characters of base64url as dpop_jkt");
      return Optional.empty();
    }
    return thumbprint.map(text -> new Confirmation(Confirmation.Method.JKT, text));
  }

  private static boolean isVisibleAscii(String text) {
    return text.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  private static Set<String> authorizationMembers() {
    Set<String> members = new TreeSet<>(APPROVAL);
    members.addAll(Set.of("client_id", "redirect_uri", "code_challenge", "code_challenge_method", "nonce",
        "resource", "requested_claims", "authorization_details", "dpop_jkt"));
    return members;
  }
}
