package dev.mintlog.edge.dpop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Confirmation;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Verifies DPoP proofs, RFC 9449 §4.3, check by check in the order there. Thread-safe. */
public final class DpopProofs {
  /** JWS algorithms that proofs may be signed with: asymmetric ones, RFC 9449 §5.1. */
  public static final List<String> ALGORITHMS = ProofKey.ALGORITHMS;

  /** Longer proofs are refused unread. */
  public static final int CHARACTERS_MAX = 4_000;

  /** A longer {@code jti} is refused: every one is kept until its proof is too old. */
  public static final int JTI_CHARACTERS_MAX = 256;

  /** How old a proof may be by its {@code iat}. */
  public static final Duration AGE_MAX = Duration.ofSeconds(60);

  /** How far the clock of its maker may be ahead. */
  public static final Duration AHEAD_MAX = Duration.ofSeconds(10);

  /** RFC 9449 §8. */
  public static final String USE_DPOP_NONCE = "use_dpop_nonce";

  private final DpopNonces nonces;

  public DpopProofs(DpopNonces nonces) {
    this.nonces = nonces;
  }

  /**
   * What a request was made as.
   *
   * @param method the HTTP method
   * @param uri the URI, as clients address it
   * @param needsNonce whether the proof must hold a nonce of this server
   * @param accessToken what came beside the proof; empty where a token is asked for, not shown
   */
  public record Expected(
      String tenant, String method, String uri, boolean needsNonce, Optional<String> accessToken) {

    /** Of a request that shows no access token. */
    public Expected(String tenant, String method, String uri, boolean needsNonce) {
      this(tenant, method, uri, needsNonce, Optional.empty());
    }

    @Override
    public String toString() {
      return "Expected[" + method + " " + uri + "]";
    }
  }

  /** The proof, or {@code invalid_dpop_proof}, or {@code use_dpop_nonce}. */
  public Checked<DpopProof> verify(String proof, Expected expected, Instant now) {
    if (proof.length() > CHARACTERS_MAX) {
      return refused("expected at most " + CHARACTERS_MAX + " characters, but found " + proof.length());
    }
    try {
      int dot = proof.indexOf('.');
      Map<String, Object> header =
          JSONObjectUtils.parse(new Base64URL(proof.substring(0, Math.max(dot, 0))).decodeToString());
      return key(header).then(key -> signed(proof, key)).then(signed -> judge(signed, expected, now));
    } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
      return refused("expected a signed JWT in compact form, but found something else");
    }
  }

  private record Signed(String thumbprint, Map<String, Object> claims) {}

  private static Checked<ProofKey> key(Map<String, Object> header) {
    // "The typ JOSE Header Parameter has the value dpop+jwt."
    if (!"dpop+jwt".equals(header.get("typ"))) {
      return refused("expected typ dpop+jwt, but found another");
    }
    // "The alg JOSE Header Parameter indicates a registered asymmetric digital signature algorithm, is not none, is
    // supported by the application, and is acceptable per local policy."
    if (!(header.get("alg") instanceof String algorithm) || !ALGORITHMS.contains(algorithm)) {
      return refused("expected one of " + String.join(", ", ALGORITHMS) + " as alg, but found another");
    }
    if (!(header.get("jwk") instanceof Map<?, ?> jwk)) {
      return refused("expected the public key as jwk in the header, but found none");
    }
    @SuppressWarnings("unchecked")
    Map<String, Object> members = (Map<String, Object>) jwk;
    // "The jwk JOSE Header Parameter does not contain a private key."
    if (ProofKey.isPrivate(members)) {
      return refused("expected a public key as jwk, but found a private one");
    }
    return ProofKey.of(members, algorithm).map(Checked::accepted)
        .orElseGet(() -> refused("expected a jwk that alg is for, RSA of 2048 to 8192 bits, but found another"));
  }

  // "The JWT signature verifies with the public key contained in the jwk JOSE Header Parameter."
  private static Checked<Signed> signed(String proof, ProofKey key) {
    try {
      JWSObject jws = JWSObject.parse(proof);
      Map<String, Object> claims = jws.getPayload().toJSONObject();
      if (claims == null) {
        return refused("expected JSON claims, but found something else");
      }
      return jws.verify(key.verifier()) ? Checked.accepted(new Signed(key.thumbprint(), claims))
          : refused("expected a signature by the key in jwk, but found another");
    } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
      return refused("expected a signed JWT in compact form, but found something else");
    }
  }

  private Checked<DpopProof> judge(Signed signed, Expected expected, Instant now) {
    Map<String, Object> claims = signed.claims();
    if (!(claims.get("jti") instanceof String jti) || jti.isEmpty() || jti.length() > JTI_CHARACTERS_MAX) {
      return refused("expected a jti of 1 to " + JTI_CHARACTERS_MAX + " characters, but found another or none");
    }
    // "The htm claim matches the HTTP method of the current request."
    if (!expected.method().equals(claims.get("htm"))) {
      return refused("expected htm " + expected.method() + ", but found another");
    }
    // "The htu claim matches the HTTP URI value for the HTTP request in which the JWT was received, ignoring any query
    // and fragment parts."
    Optional<String> uri = claims.get("htu") instanceof String htu ? HttpUri.normalized(htu) : Optional.empty();
    if (uri.isEmpty() || !uri.equals(HttpUri.normalized(expected.uri()))) {
      return refused("expected htu " + expected.uri() + ", but found another");
    }
    // RFC 9449 §4.3: "If presented to a protected resource in conjunction with an access token, ensure that the value of
    // the ath claim equals the hash of that access token".
    if (expected.accessToken().isPresent() && !hash(expected.accessToken().get()).equals(claims.get("ath"))) {
      return refused("expected the hash of the access token as ath, but found another or none");
    }
    if (!(claims.get("iat") instanceof Number iat)) {
      return refused("expected iat in seconds, but found none");
    }
    Confirmation key = new Confirmation(Confirmation.Method.JKT, signed.thumbprint());
    return expected.needsNonce()
        ? byNonce(key, jti, claims.get("nonce"), expected.tenant(), now)
        : byIat(key, jti, iat.longValue(), now);
  }

  // "The creation time of the JWT, as determined by either the iat claim or a server managed timestamp via the nonce
  // claim, is within an acceptable window".
  private static Checked<DpopProof> byIat(Confirmation key, String jti, long iat, Instant now) {
    // Compared, not subtracted: what a stranger writes may be any number.
    boolean isOld = iat < now.minus(AGE_MAX).getEpochSecond();
    if (isOld || iat > now.plus(AHEAD_MAX).getEpochSecond()) {
      return refused("expected an iat of now, " + AGE_MAX.toSeconds() + " s ago at most, but found one "
          + (isOld ? "before" : "after") + " that");
    }
    Instant issuedAt = Instant.ofEpochSecond(iat);
    return Checked.accepted(
        new DpopProof(key, jti, issuedAt, issuedAt.plus(AGE_MAX).plus(AHEAD_MAX)));
  }

  private Checked<DpopProof> byNonce(Confirmation key, String jti, Object nonce, String tenant, Instant now) {
    Optional<Instant> givenAt = nonce instanceof String text ? nonces.givenAt(tenant, text, now) : Optional.empty();
    return givenAt.map(at -> Checked.accepted(new DpopProof(key, jti, at, at.plus(DpopNonces.AGE_MAX).plus(AHEAD_MAX))))
        .orElseGet(() -> Checked.refused(new Refusal(400, USE_DPOP_NONCE, "expected the nonce of DPoP-Nonce in the DPoP"
            + " proof, but found " + (nonce == null ? "none" : "another, or one that is too old"), 0)));
  }

  // RFC 9449 §4.2: "The value MUST be the result of a base64url encoding […] the SHA-256 […] hash of the ASCII encoding of
  // the associated access token's value."
  private static String hash(String accessToken) {
    try {
      return Base64URL.encode(
          MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(StandardCharsets.US_ASCII))).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static <T> Checked<T> refused(String description) {
    return Checked.refused(Refusal.of(TokenError.INVALID_DPOP_PROOF, "DPoP proof: " + description));
  }
}
