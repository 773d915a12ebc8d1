package dev.mintlog.edge.userprovider;

import io.vertx.ext.auth.User;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The {@code sub} of a provider's user: a digest, so that it is opaque and differs from every registered user's and every
 * other provider's. It rests on names alone: it is the same on every edge and after every change of secrets.
 */
final class ProvidedSubject {
  private static final int BYTES = 16;

  private ProvidedSubject() {}

  /** @param username as it was verified; counts where the provider says no {@code sub} of its own */
  static String of(String tenant, String provider, User user, String username) {
    String own = user.principal().getValue("sub") instanceof String sub && !sub.isBlank() ? "sub:" + sub
        : "username:" + username;
    byte[] digest = sha256().digest(
        ("mintlog user\0" + tenant + "\0" + provider + "\0" + own).getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
