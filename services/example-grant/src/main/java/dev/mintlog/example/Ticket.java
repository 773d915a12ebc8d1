package dev.mintlog.example;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A ticket as it travels: {@code subject:expiry:mac}, where expiry is in seconds since 1970 and mac is the HMAC-SHA256, in
 * hex, of tenant, client, subject and expiry, each on a line of its own.
 */
record Ticket(String subject, Instant expiresAt, byte[] mac) {
  /** Longer texts are no tickets. */
  static final int CHARACTERS_MAX = 400;

  private static final Pattern FORM = Pattern.compile("([!-~]{1,255}):([0-9]{1,12}):([0-9a-f]{64})");

  /** Empty where the text is no ticket at all. */
  static Optional<Ticket> parse(String text) {
    Matcher form = FORM.matcher(text.length() > CHARACTERS_MAX ? "" : text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Ticket(form.group(1), Instant.ofEpochSecond(Long.parseLong(form.group(2))),
          HexFormat.of().parseHex(form.group(3))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A new ticket, as the desk prints it. */
  static String print(byte[] key, String tenant, String client, String subject, Instant expiresAt) {
    return subject + ':' + expiresAt.getEpochSecond() + ':'
        + HexFormat.of().formatHex(mac(key, tenant, client, subject, expiresAt));
  }

  /** The mac that a ticket of this content has. Tenant and client are part of it: elsewhere it is worth nothing. */
  static byte[] mac(byte[] key, String tenant, String client, String subject, Instant expiresAt) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(String.join("\n", tenant, client, subject, Long.toString(expiresAt.getEpochSecond()))
          .getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected every JDK to have HmacSHA256", e);
    }
  }

  /** Without its mac. */
  @Override
  public String toString() {
    return "Ticket[" + subject + " until " + expiresAt + "]";
  }
}
