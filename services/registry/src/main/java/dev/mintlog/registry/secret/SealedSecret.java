package dev.mintlog.registry.secret;

import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A client secret that an edge has to have as it is, because it is the key of a MAC ({@code client_secret_jwt}, OpenID
 * Connect Core §9), where a hash would not do. Sealed under the channel secret for one client of one tenant: at another
 * it does not open. Its text shows nothing of it but its length.
 *
 * @param text {@code sealed:<base64url>}
 */
public record SealedSecret(String text) {
  /** What every text begins with. */
  public static final String PREFIX = "sealed:";
  /** RFC 7518 §3.2: "A key of the same size as the hash output […] or larger MUST be used"; of SHA-256, in UTF-8. */
  public static final int BYTES_MIN = 32;
  /** Longer ones are refused. */
  public static final int BYTES_MAX = 1_024;

  /**
   * @throws IllegalArgumentException where the text has another form; the message does not repeat it, for it may be a
   *     secret
   */
  public SealedSecret {
    if (!text.startsWith(PREFIX) || !text.substring(PREFIX.length()).matches("[A-Za-z0-9_-]{40,2000}")) {
      throw new IllegalArgumentException("expected " + PREFIX + "<base64url>, as `mintlog secret --seal` prints it");
    }
  }

  /**
   * Seals a secret.
   *
   * @param sealer of {@link dev.mintlog.channel.seal.Direction#CLIENT_SECRET}
   * @throws IllegalArgumentException where the secret is shorter than {@link #BYTES_MIN} or longer than
   *     {@link #BYTES_MAX}
   */
  public static SealedSecret seal(Sealer sealer, String tenant, String clientId, String secret) {
    byte[] plain = secret.getBytes(StandardCharsets.UTF_8);
    if (plain.length < BYTES_MIN || plain.length > BYTES_MAX) {
      throw new IllegalArgumentException("expected a secret of " + BYTES_MIN + " to " + BYTES_MAX + " bytes, found "
          + plain.length);
    }
    byte[] sealed = sealer.seal(plain, tenant, clientId);
    return new SealedSecret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed));
  }

  /**
   * The secret, in UTF-8; empty where it was sealed for another client, or under a channel secret that is not known here.
   *
   * @param opener of {@link dev.mintlog.channel.seal.Direction#CLIENT_SECRET}
   */
  public Optional<byte[]> open(Opener opener, String tenant, String clientId) {
    return opener.open(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())), tenant, clientId);
  }

  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
