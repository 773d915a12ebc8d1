package dev.mintlog.clients.nimbus;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretJWT;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.JWTID;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** How a client proves who it is, by the names of OpenID Connect Core §9. */
final class Authentication {
  private Authentication() {}

  static ClientAuthentication of(Map<String, String> asked, URI tokenEndpoint) throws JOSEException, ParseException {
    ClientID id = new ClientID(asked.get("client_id"));
    switch (asked.getOrDefault("method", "client_secret_basic")) {
      case "client_secret_basic":
        return new ClientSecretBasic(id, new Secret(asked.get("secret")));
      case "client_secret_post":
        return new ClientSecretPost(id, new Secret(asked.get("secret")));
      case "client_secret_jwt":
        return new ClientSecretJWT(id, tokenEndpoint, JWSAlgorithm.HS256, new Secret(asked.get("secret")));
      case "private_key_jwt":
        JWK key = JWK.parse(asked.get("key"));
        return new PrivateKeyJWT(claims(id, tokenEndpoint, Duration.parse(asked.getOrDefault("age", "PT0S"))),
            JWSAlgorithm.parse(asked.get("algorithm")), key.toRSAKey().toPrivateKey(), key.getKeyID(), null);
      default:
        throw new IllegalArgumentException("expected a method of OpenID Connect Core §9, but found: " + asked.get("method"));
    }
  }

  /** As the SDK makes them; an assertion of some age was made then, and lives for a minute. */
  private static JWTAuthenticationClaimsSet claims(ClientID id, URI tokenEndpoint, Duration age) {
    Instant made = Instant.now().minus(age);
    return new JWTAuthenticationClaimsSet(id, new Audience(tokenEndpoint).toSingleAudienceList(),
        Date.from(made.plusSeconds(60)), null, Date.from(made), new JWTID());
  }
}
