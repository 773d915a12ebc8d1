package dev.mintlog.bench.grant;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mintlog.bench.script.BenchException;
import dev.mintlog.bench.script.Target;
import dev.mintlog.bench.script.UniqueDigits;
import dev.mintlog.bench.script.Values;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Signs an assertion of the client for each request (RFC 7523, RS256), because each serves once: to prove itself (§2.2), or as
 * the grant (§2.1). For one thread.
 */
final class SignedAssertions {

  private static final int LIFETIME_SECONDS = 120;
  /** Signs four times as many as the JDK in the same CPU time, which the measured processes need. */
  private static final String FAST_PROVIDER = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final String parameter;
  private final Signature signature;
  private final String header = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
  private final String names;
  private final UniqueDigits jtis = new UniqueDigits();

  /**
   * @param parameter that they are sent in
   * @throws BenchException where the key is none for RS256
   */
  SignedAssertions(String parameter, PrivateKey key, LoadedClient client) {
    this.parameter = parameter;
    Target endpoint = client.tokenEndpoint();
    String path = endpoint.path().replaceAll("\\?.*", "");
    names = "{\"iss\":\"" + client.id() + "\",\"sub\":\"" + client.id() + "\",\"aud\":\"http://" + endpoint.authority() + path
        + "\",\"jti\":\"";
    try {
      signature = signature(key);
    } catch (GeneralSecurityException notRsa) {
      throw new BenchException("the assertion key is none that signs RS256: " + notRsa.getMessage());
    }
  }

  /** Makes the value of the parameter. */
  void makeFor(Values values) {
    long now = Instant.now().getEpochSecond();
    String input = header + "." + encoded(
        names + jtis.next() + "\",\"iat\":" + now + ",\"exp\":" + (now + LIFETIME_SECONDS) + "}");
    try {
      signature.update(input.getBytes(US_ASCII));
      values.put(parameter, input + "." + BASE64URL.encodeToString(signature.sign()));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("a key that has signed signs again", broken);
    }
  }

  private static Signature signature(PrivateKey key) throws GeneralSecurityException {
    Optional<Provider> fast = fastProvider();
    Signature signature =
        fast.isPresent() ? Signature.getInstance("SHA256withRSA", fast.get()) : Signature.getInstance("SHA256withRSA");
    // Translated once: a key of another provider would be translated for each signature.
    signature.initSign(fast.isEmpty() ? key
        : (PrivateKey) KeyFactory.getInstance("RSA", fast.get()).translateKey(key));
    return signature;
  }

  private static Optional<Provider> fastProvider() {
    try {
      return ServiceLoader.load(Provider.class).stream().filter(found -> found.type().getName().equals(FAST_PROVIDER))
          .findFirst().map(ServiceLoader.Provider::get);
    } catch (RuntimeException | LinkageError | ServiceConfigurationError notHere) {
      return Optional.empty();
    }
  }

  private static String encoded(String json) {
    return BASE64URL.encodeToString(json.getBytes(UTF_8));
  }
}
