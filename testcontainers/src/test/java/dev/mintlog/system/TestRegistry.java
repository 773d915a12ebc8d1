package dev.mintlog.system;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.secret.GeneratedSecret;
import dev.mintlog.registry.secret.SealedSecret;
import dev.mintlog.registry.secret.SecretGenerator;
import dev.mintlog.standalone.LoopbackPorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The registry of the tests, with secrets that only this run knows. */
final class TestRegistry {
  private static final Pattern HASH_OF = Pattern.compile("\\{\\{([a-z0-9-]+)}}");
  private static final Pattern THUMBPRINT_OF = Pattern.compile("\\[\\[([a-z0-9-]+)]]");

  // What form-encoding changes, and what looks as if it were encoded already.
  private static final String ODD = "+%2B:/ &=ü";

  private static final Pattern KEY_OF = Pattern.compile("\\{\\{encryption:([a-z0-9-]+)}}");
  private static final Pattern SEALED_FOR = Pattern.compile("\\{\\{sealed:([a-z]+)/([a-z0-9-]+)}}");

  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final AssertionKeys assertionKeys = new AssertionKeys();
  private final Map<String, MadeCertificate> certificates = new LinkedHashMap<>();
  private final Map<String, JWK> decryptionKeys = new LinkedHashMap<>();
  private final RegistryDocument document;

  // Nobody listens there, unless a test does.
  private final int notificationPort = LoopbackPorts.free();

  /**
   * @param resource a registry beside this class, with names of clients in place of secrets
   * @param channel the channel secret, which secrets for MACs are sealed under
   */
  TestRegistry(String resource, SecretRing channel) {
    SecretGenerator generator = new SecretGenerator(new SecureRandom());
    Sealer sealer = new Sealer(channel, Direction.CLIENT_SECRET);
    String template = template(resource).replace("{{port}}", Integer.toString(notificationPort));
    String sealed = SEALED_FOR.matcher(assertionKeys.fillIn(withKeys(template))).replaceAll(found -> {
      String secret = generator.generate().secret();
      secrets.put(found.group(2), secret);
      return SealedSecret.seal(sealer, found.group(1), found.group(2), secret).text();
    });
    String withThumbprints = THUMBPRINT_OF.matcher(sealed).replaceAll(found -> certificates
        .computeIfAbsent(found.group(1), name -> MadeCertificate.selfSigned("CN=" + name)).thumbprint());
    document = RegistryDocument.parse(HASH_OF.matcher(withThumbprints).replaceAll(found -> {
      String client = found.group(1);
      GeneratedSecret made = generator.generate();
      String secret = client.startsWith("odd-") ? made.secret() + ODD : made.secret();
      secrets.put(client, secret);
      String hash = client.endsWith("-argon2") ? generator.hashOf(secret).text() : made.hash().text();
      return Matcher.quoteReplacement(hash);
    }));
  }

  RegistryDocument document() {
    return document;
  }

  DemoClient client(String id) {
    String secret = secrets.get(id);
    if (secret == null) {
      throw new AssertionError("no confidential client " + id + " is registered");
    }
    return new DemoClient(id, secret);
  }

  /** The certificate that signs itself and is registered under this name. */
  MadeCertificate certificate(String name) {
    MadeCertificate certificate = certificates.get(name);
    if (certificate == null) {
      throw new AssertionError("no certificate " + name + " is registered");
    }
    return certificate;
  }

  /** The password of a user whose hash is made for the run. */
  String password(String username) {
    return client("user-" + username + "-argon2").secret();
  }

  /** A client of another tenant than the default one. */
  DemoClient client(String tenant, String id) {
    return new DemoClient(id, client(tenant + "-" + id).secret());
  }

  /** Where the client that is pinged is told of decisions. */
  int notificationPort() {
    return notificationPort;
  }

  /** What the clients that use assertions sign with. */
  AssertionKeys assertionKeys() {
    return assertionKeys;
  }

  Map<String, String> secrets() {
    return secrets;
  }

  /** The private key of a client whose ID tokens are encrypted. */
  JWK decryptionKey(String client) {
    return decryptionKeys.get(client);
  }

  private String withKeys(String template) {
    return KEY_OF.matcher(template).replaceAll(found -> {
      JWK key = newKey(found.group(1));
      decryptionKeys.put(found.group(1), key);
      return Matcher.quoteReplacement(new JWKSet(key).toString());
    });
  }

  private static JWK newKey(String client) {
    try {
      return client.endsWith("-rsa") ? new RSAKeyGenerator(2048).keyID(client).generate()
          : client.endsWith("-x25519") ? new OctetKeyPairGenerator(Curve.X25519).keyID(client).generate()
          : new ECKeyGenerator(Curve.P_256).keyID(client).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String template(String resource) {
    try (InputStream in = TestRegistry.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
