package dev.mintlog.edge;

import com.nimbusds.jose.jwk.JWK;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.RegistryEntries;
import dev.mintlog.registry.key.PrivateKeys;
import dev.mintlog.registry.key.PublishedKey;
import dev.mintlog.registry.key.SigningKeyForm;
import dev.mintlog.registry.key.SigningKeyGenerator;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.log.Revision;
import dev.mintlog.registry.secret.SecretGenerator;
import dev.mintlog.registry.tenant.CommandedRevocation;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A registry as it would be materialised, without a log: tenant {@code default} with clients for every case. */
public final class TestRegistry {
  public static final String TENANT = "default";
  public static final String ACME_GUID = "9d2f4c1e-7a3b-4e5d-8c6f-0a1b2c3d4e5f";
  public static final String ISSUER = "https://id.example";
  public static final String SECRET = new SecretGenerator(new SecureRandom()).generate().secret();
  public static final String NEXT_SECRET = "next+secret%41/with:odd characters";
  public static final String CHOSEN_SECRET = "correct horse battery staple";
  public static final String PASSWORD = CHOSEN_SECRET;
  public static final String ACR = "urn:acr:password";
  public static final int PARTITIONS = 4;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SecretRing KEK = SecretRing.of(RootSecret.random(RANDOM));
  private static final String CHOSEN_HASH = new SecretGenerator(RANDOM).hashOf(CHOSEN_SECRET).text();
  private static final Map<SigningAlgorithm, PublishedKey> KEYS = keys();

  private TestRegistry() {}

  public static RegistrySnapshot snapshot() {
    return snapshot(7);
  }

  public static RegistrySnapshot snapshot(long revision, CommandedRevocation... revocations) {
    Map<EntryKey, String> entries =
        new HashMap<>(RegistryEntries.of(RegistryDocument.parse(yaml()), Optional.of(ISSUER)));
    KEYS.values().forEach(key -> entries.put(SigningKeyForm.key(key), SigningKeyForm.write(key)));
    for (CommandedRevocation revocation : revocations) {
      entries.put(RegistryEntries.key(revocation), RegistryEntries.text(revocation));
    }
    entries.put(EntryKey.PARTITIONS, "{\"partitions\":" + PARTITIONS + "}");
    return RegistrySnapshot.of(new Revision(revision, Instant.now(), entries.size(), "unused"), entries);
  }

  public static JWK privateKey(SigningAlgorithm algorithm) {
    return PrivateKeys.open(KEYS.get(algorithm), KEK).orElseThrow();
  }

  private static Map<SigningAlgorithm, PublishedKey> keys() {
    SigningKeyGenerator generator = new SigningKeyGenerator(KEK, RANDOM);
    Map<SigningAlgorithm, PublishedKey> keys = new HashMap<>();
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      Instant now = Instant.now();
      keys.put(algorithm, generator.generate(TENANT, algorithm, now.minus(Duration.ofHours(1)), now));
    }
    return keys;
  }

  private static String yaml() {
    String sha256 = new SecretHash(SECRET).text();
    return """
        tenants:
          - name: default
            apiResources:
              - name: https://api.example
                scopes: [api.read, api.write]
                secrets:
                  - hash: "%1$s"
              - name: https://other-api.example
                scopes: [other.read]
                secrets:
                  - hash: "%1$s"
              - name: https://mute-api.example
                scopes: [mute.read]
            users:
              - subject: alice-1
                username: adams
                claims:
                  name: Alice Adams
                  given_name: Alice
                  email: alice@example.org
                  email_verified: true
                  phone_number: "+1 555 0100"
                  address: {locality: Springfield}
                  shoe_size: 38
              - subject: mallory-1
                username: mallory
                enabled: false
              - {subject: sub-alice, username: alice, passwordHash: "%3$s"}
              - {subject: sub-bob, username: bob, passwordHash: "%3$s", enabled: false}
              - {subject: sub-carol, username: carol}
              - {subject: s-dora, username: dora}
              - {subject: s-dan, username: dan, userCodeHash: "%3$s"}
              - {subject: s-gone, username: gone, enabled: false}
            clients:
              - id: hasty
                grantTypes: [refresh_token]
                allowedScopes: [api.read]
                refresh: {graceWindow: 0s}
                secrets:
                  - hash: "%1$s"
                  - hash: "%2$s"
                  - hash: "%4$s"
              - id: app
                name: The App
                grantTypes: [client_credentials, authorization_code, refresh_token]
                allowedScopes: [openid, offline_access, api.read, api.write]
                redirectUris: ["https://app.example/cb"]
                allowedOrigins: ["https://app.example", "http://localhost:3000"]
                secrets:
                  - hash: "%1$s"
                  - hash: "%2$s"
                  - hash: "%4$s"
                    expiresAt: "2020-01-01T00:00:00Z"
              - id: chosen
                grantTypes: [client_credentials]
                allowedScopes: [api.read]
                secrets:
                  - hash: "%3$s"
              - id: disabled
                enabled: false
                allowedOrigins: ["https://disabled.example"]
                grantTypes: [client_credentials]
                allowedScopes: [api.read]
                secrets:
                  - hash: "%1$s"
              - id: tv
                name: The TV
                public: true
                grantTypes: ["urn:ietf:params:oauth:grant-type:device_code", refresh_token]
                allowedScopes: [openid, offline_access, api.read]
                allowedOrigins: ["https://tv.example"]
                signedUserInfo: true
              - id: bound
                grantTypes: [client_credentials]
                allowedScopes: [api.read]
                tls: {boundAccessTokens: true}
                secrets:
                  - hash: "%1$s"
              - id: limited
                grantTypes: [client_credentials]
                allowedScopes: [api.read]
                rateLimit: {perSecond: 1, burst: 3}
                secrets:
                  - hash: "%1$s"
              - id: desk
                grantTypes: ["urn:example:grant-type:ticket", refresh_token]
                allowedScopes: [openid, offline_access, api.read]
                secrets:
                  - hash: "%1$s"
              - id: "odd+id%%20"
                grantTypes: [client_credentials]
                allowedScopes: [api.read]
                secrets:
                  - hash: "%1$s"
              - id: login
                grantTypes: [client_credentials]
                allowedScopes: [mintlog.login]
                secrets:
                  - hash: "%1$s"
              - id: pinged
                grantTypes: ["urn:openid:params:grant-type:ciba"]
                allowedScopes: [openid]
                ciba: {mode: ping, notificationEndpoint: "https://pinged.example/ping"}
                secrets:
                  - hash: "%1$s"
              - id: bank
                name: The Bank
                grantTypes: ["urn:openid:params:grant-type:ciba"]
                allowedScopes: [openid, api.read]
                secrets:
                  - hash: "%1$s"
              - id: till
                multipleResources: false
                grantTypes: [password, refresh_token]
                allowedScopes: [openid, offline_access, api.read]
                secrets:
                  - hash: "%1$s"
          - name: acme
            guid: %5$s
            clients:
              - id: app
                grantTypes: [client_credentials]
                allowedScopes: [mintlog.login]
                secrets:
                  - hash: "%2$s"
        """.formatted(sha256, new SecretHash(NEXT_SECRET).text(), CHOSEN_HASH, new SecretHash("expired").text(),
        ACME_GUID);
  }

  private record SecretHash(String secret) {
    String text() {
      try {
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256")
            .digest(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return "sha256:" + java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
