package dev.mintlog.clients.powershell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/** The cmdlets of PSAuthClient that look into tokens. */
public final class JsonWebTokens {
  private static final ObjectMapper JSON = new ObjectMapper();
  // Unanchored at its end, and with the alternatives that its author has in brackets.
  private static final Pattern JWT = Pattern.compile("^e[yJ|w0]([a-zA-Z0-9_-]+[.]){2}");

  private JsonWebTokens() {}

  /** {@code ConvertFrom-JsonWebToken}: the claims, and the {@code header} beside them. */
  public static JsonNode convertFromJsonWebToken(String token) {
    if (!JWT.matcher(token).find()) {
      throw new AssertionError("expected a JWT as PSAuthClient takes it, but found " + token);
    }
    String[] parts = token.split("[.]");
    ObjectNode claims = (ObjectNode) json(parts[1]);
    return claims.set("header", json(parts[0]));
  }

  /** {@code Get-OidcDiscoveryMetadata}. */
  public static JsonNode getOidcDiscoveryMetadata(PowerShellSession session, String uri) {
    return session.invokeRestMethod(
        URI.create(uri.contains(".well-known") ? uri : uri + "/.well-known/openid-configuration"), Map.of());
  }

  /** {@code Test-JsonWebTokenSignature}: with the certificate that the token's issuer publishes for its kid. */
  public static boolean testJsonWebTokenSignature(PowerShellSession session, String token) {
    JsonNode decoded = convertFromJsonWebToken(token);
    String jwksUri = getOidcDiscoveryMetadata(session, decoded.path("iss").asText()).path("jwks_uri").asText();
    String kid = decoded.at("/header/kid").asText();
    for (JsonNode key : session.invokeRestMethod(URI.create(jwksUri), Map.of()).path("keys")) {
      if (key.path("kid").asText().equalsIgnoreCase(kid)) {
        return isSignedWith(certified(key.path("x5c")), decoded.at("/header/alg").asText(), token);
      }
    }
    throw new AssertionError("Unable to get signing key from issuer discovery metadata");
  }

  // FromBase64String takes an array of one for its element, and no other.
  private static PublicKey certified(JsonNode x5c) {
    if (x5c.size() != 1) {
      throw new AssertionError("expected one certificate in x5c, but found " + x5c);
    }
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(x5c.get(0).asText()))).getPublicKey();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isSignedWith(PublicKey key, String alg, String token) {
    int dot = token.lastIndexOf('.');
    String hash = "SHA" + alg.substring(2);
    try {
      Signature signature =
          Signature.getInstance(alg.startsWith("ES") ? hash + "withECDSAinP1363Format" : hash + "withRSA");
      signature.initVerify(key);
      signature.update(token.substring(0, dot).getBytes(StandardCharsets.UTF_8));
      return signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(String part) {
    try {
      return JSON.readTree(Base64.getUrlDecoder().decode(part));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
