package dev.mintlog.token;

import dev.mintlog.answer.GrantTerms;
import dev.mintlog.answer.ResponseTerms;
import dev.mintlog.authorization.AccessTokenClaims;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.FurtherClaims;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Builds the claims of what was granted and has them signed. The same terms give the same claims. */
public final class TokenIssuer {
  private final TokenSigner signer;

  public TokenIssuer(TokenSigner signer) {
    this.signer = signer;
  }

  /**
   * Issues tokens.
   *
   * @param consent what stands behind the tokens; empty where the client acts for itself
   */
  public Issued issue(String clientId, GrantTerms terms, Optional<Consent> consent) {
    Optional<String> accessToken = terms.reference().isPresent()
        ? Optional.empty()
        : Optional.of(signer.sign(accessToken(clientId, terms, consent)));
    Optional<String> idToken = terms.idTokenLifetime().isPresent() && consent.isPresent()
        ? Optional.of(signer.sign(idToken(clientId, terms, consent.get(), accessToken)))
        : Optional.empty();
    return new Issued(accessToken, idToken, terms);
  }

  /**
   * Signs a response that is no token. RFC 9701 §5: "The JWT SHOULD NOT include the "sub" and "exp" claims, as an
   * additional prevention against misuse of the JWT as an access token". OpenID Connect Core §5.3.2: "If signed, the
   * UserInfo Response MUST contain the Claims iss (issuer) and aud (audience) as members." Further claims with names of the
   * protocol's own are left out where it is signed.
   */
  public String sign(ResponseTerms terms, Optional<String> subject, FurtherClaims content) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", terms.issuer());
    claims.put("aud", terms.audience());
    FurtherClaims further = switch (terms.kind()) {
      case TOKEN_INTROSPECTION -> {
        claims.put("iat", terms.issuedAt().getEpochSecond());
        yield new FurtherClaims("{\"token_introspection\":" + content.json() + "}");
      }
      case USERINFO -> {
        subject.ifPresent(sub -> claims.put("sub", sub));
        yield content;
      }
    };
    return signer.sign(new TokenClaims(terms.kind().type(), terms.key(), claims, Optional.of(further)));
  }

  // RFC 9068 §2.2
  private static TokenClaims accessToken(String clientId, GrantTerms terms, Optional<Consent> consent) {
    Optional<FurtherClaims> further =
        terms.claims().isEmpty() ? Optional.empty() : Optional.of(new FurtherClaims(terms.claims().json()));
    return new TokenClaims(
        TokenClaims.ACCESS_TOKEN, terms.key(), AccessTokenClaims.of(clientId, terms, consent), further);
  }

  // OpenID Connect Core §2 and §3.1.3.6
  private static TokenClaims idToken(String clientId, GrantTerms terms, Consent consent,
      Optional<String> accessToken) {
    Instant expiresAt = terms.issuedAt().plus(terms.idTokenLifetime().orElseThrow());
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", terms.issuer());
    claims.put("sub", terms.subject());
    claims.put("aud", clientId);
    claims.put("azp", clientId);
    claims.put("iat", terms.issuedAt().getEpochSecond());
    claims.put("nbf", terms.issuedAt().getEpochSecond());
    claims.put("exp", expiresAt.getEpochSecond());
    // It leads to the authorization, as the access token's does, where the ID token is exchanged for another.
    claims.put("jti", terms.jti() + ".id");
    // OPTIONAL where the ID token comes from the token endpoint; of a handle nobody but the edge knows it.
    accessToken.ifPresent(token -> claims.put("at_hash", atHash(token, terms)));
    // OpenID Connect Core §12.2 lets a refreshed ID token repeat the nonce unchanged; clients in the field need it there.
    consent.nonce().ifPresent(nonce -> claims.put("nonce", nonce));
    AccessTokenClaims.putAuthentication(claims, consent);
    terms.directory().ifPresent(directory -> {
      AccessTokenClaims.putDirectory(claims, terms, directory);
      directory.userName().ifPresent(name -> claims.put("preferred_username", name));
    });
    return new TokenClaims(TokenClaims.ID_TOKEN, terms.key(), claims, consent.claims(), terms.encryption());
  }

  // OpenID Connect Core §3.1.3.6: "the left-most half of the hash of the octets of the ASCII representation of the
  // access_token value, where the hash algorithm used is the hash algorithm used in the alg Header Parameter".
  private static String atHash(String accessToken, GrantTerms terms) {
    String hash = switch (terms.key().algorithm()) {
      case RS256, PS256, ES256 -> "SHA-256";
      // RFC 8032 §5.1: Ed25519 hashes with SHA-512.
      case EDDSA -> "SHA-512";
    };
    try {
      byte[] digest = MessageDigest.getInstance(hash).digest(accessToken.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, digest.length / 2));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + hash, e);
    }
  }
}
