package dev.mintlog.edge.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The claims of an assertion that matter, RFC 7523 §3.
 *
 * @param subject {@code sub}; blank where it has none and needs none
 * @param audiences {@code aud}, one or several
 * @param jti at most {@link #JTI_CHARACTERS_MAX} characters
 * @param kind as what it was shown
 */
public record AssertionClaims(
    String issuer, String subject, List<String> audiences, Instant expiresAt, Optional<Instant> notBefore,
    Optional<Instant> issuedAt, Optional<String> jti, JwtKind kind) {
  /** How far the issuer's clock may be from ours. */
  public static final Duration CLOCK_LEEWAY = Duration.ofSeconds(30);
  /** An assertion that lives longer is refused: its jti would have to be remembered as long. */
  public static final Duration LIFETIME_MAX = Duration.ofHours(1);
  /**
   * One that says neither when it was made nor from when on it is good is refused where it lives longer. Where Redis forgot
   * what was used before, such ones are refused for as long.
   */
  public static final Duration UNDATED_LIFETIME_MAX = Duration.ofMinutes(10);
  /** Longer ones are refused. */
  public static final int JTI_CHARACTERS_MAX = 512;

  private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(253_402_300_799L);

  static Checked<AssertionClaims> read(JwtKind kind, JsonNode claims) {
    Optional<Instant> expiresAt = time(claims.path("exp"));
    Optional<String> issuer = text(claims.path("iss"));
    Optional<String> subject = text(claims.path("sub"));
    // RFC 7523 §3: the JWT MUST contain iss, sub, aud and exp. Another kind may have no subject.
    if (issuer.isEmpty() || subject.isEmpty() && kind.needsSubject() || expiresAt.isEmpty()) {
      return Assertion.refused(kind, "expected iss" + (kind.needsSubject() ? ", sub" : "") + " and exp in the "
          + kind.noun() + ", but one is missing or of another form");
    }
    if (isMalformed(claims.path("nbf")) || isMalformed(claims.path("iat"))) {
      return Assertion.refused(kind,
          "expected nbf and iat of the " + kind.noun() + " in seconds, but found something else");
    }
    Optional<String> jti = text(claims.path("jti"));
    if (jti.isPresent() && jti.get().length() > JTI_CHARACTERS_MAX) {
      return Assertion.refused(kind, "expected a jti of at most " + JTI_CHARACTERS_MAX + " characters, but found "
          + jti.get().length());
    }
    return Checked.accepted(new AssertionClaims(issuer.get(), subject.orElse(""), audiences(claims.path("aud")),
        expiresAt.get(), time(claims.path("nbf")), time(claims.path("iat")), jti, kind));
  }

  /** When it says it was made; where it does not say so, the earliest time it could have been of use here. */
  public Instant madeAt() {
    return dated().orElseGet(() -> expiresAt.minus(UNDATED_LIFETIME_MAX).minus(CLOCK_LEEWAY));
  }

  private Optional<Instant> dated() {
    return issuedAt.or(() -> notBefore);
  }

  /** When the last edge refuses it. */
  public Instant acceptedUntil() {
    return expiresAt.plus(CLOCK_LEEWAY);
  }

  /** What is wrong with its times, if anything. */
  public Optional<Refusal> untimely(Instant now) {
    // RFC 7523 §3: "The authorization server MUST reject any JWT with an expiration time that has passed, subject to
    // allowable clock skew between systems."
    if (!now.isBefore(acceptedUntil())) {
      return wrong("expected " + kind.one() + " that lives, but it expired " + ago(expiresAt, now));
    }
    Instant latest = now.plus(CLOCK_LEEWAY);
    if (notBefore.filter(latest::isBefore).isPresent() || issuedAt.filter(latest::isBefore).isPresent()) {
      return wrong("expected nbf and iat of the " + kind.noun() + " not to lie ahead, but one does by more than "
          + CLOCK_LEEWAY.toSeconds() + " s; are the clocks set?");
    }
    return Optional.empty();
  }

  /** What is wrong with one that is to be spent, where its {@code jti} would have to be remembered for too long. */
  public Optional<Refusal> livesTooLong(Instant now) {
    // RFC 7523 §3: "The authorization server may reject JWTs with an "exp" claim value that is unreasonably far in the
    // future."
    Duration max = dated().isPresent() ? LIFETIME_MAX : UNDATED_LIFETIME_MAX;
    return expiresAt.isAfter(now.plus(max).plus(CLOCK_LEEWAY))
        ? wrong("expected " + kind.one() + " that lives at most " + max.toMinutes() + " minutes"
            + (dated().isPresent() ? "" : ", as it has neither iat nor nbf") + ", but its exp is "
            + Duration.between(now, expiresAt).toMinutes() + " minutes ahead")
        : Optional.empty();
  }

  /**
   * RFC 7523 §3: "The authorization server MUST reject any JWT that does not contain its own identity as the intended
   * audience."
   *
   * @param names what this server is called; URLs without query
   */
  public boolean isFor(Set<String> names) {
    return audiences.stream().map(AssertionClaims::withoutQuery).anyMatch(names::contains);
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  private static String ago(Instant then, Instant now) {
    return Duration.between(then, now).toSeconds() + " s ago";
  }

  private Optional<Refusal> wrong(String description) {
    return Optional.of(kind.refusal(description));
  }

  private static List<String> audiences(JsonNode aud) {
    if (!aud.isArray()) {
      return text(aud).map(List::of).orElse(List.of());
    }
    List<String> audiences = new ArrayList<>(1);
    aud.forEach(each -> text(each).ifPresent(audiences::add));
    return List.copyOf(audiences);
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.ofNullable(node.textValue()).filter(text -> !text.isEmpty());
  }

  private static boolean isMalformed(JsonNode time) {
    return !time.isMissingNode() && !time.isNull() && time(time).isEmpty();
  }

  // RFC 7519 §2: a NumericDate is a number. MSAL.NET writes it as a text.
  private static Optional<Instant> time(JsonNode node) {
    if (!node.isNumber() && !(node.isTextual() && node.textValue().matches("[0-9]{1,12}"))) {
      return Optional.empty();
    }
    BigDecimal seconds = node.isNumber() ? node.decimalValue() : new BigDecimal(node.textValue());
    boolean isInRange = seconds.signum() >= 0 && seconds.compareTo(SECONDS_MAX) <= 0;
    return isInRange ? Optional.of(Instant.ofEpochMilli(seconds.movePointRight(3).longValue())) : Optional.empty();
  }
}
