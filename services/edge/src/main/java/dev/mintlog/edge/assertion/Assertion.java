package dev.mintlog.edge.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.util.Base64URL;
import dev.mintlog.answer.TokenError;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.document.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A JWT in compact form, RFC 7515 §7.1, taken apart; nothing of it is verified. It does not print.
 *
 * <p>Nimbus' own parser is not used for header and claims: it refuses what clients in the field send ({@code exp} and
 * {@code nbf} as texts, {@code x5c} as one text). Of the header only what finds a key is read; a key that the header brings
 * along ({@code jwk}, {@code jku}, {@code x5u}, {@code x5c}) is not even looked at.
 *
 * @param algorithm {@code alg}, to be compared with what is registered
 * @param hint what the header says about the key
 * @param signingInput what is signed
 */
public record Assertion(
    String algorithm, KeyHint hint, AssertionClaims claims, byte[] signingInput, Base64URL signature) {
  /** Longer ones are refused unread. */
  public static final int CHARACTERS_MAX = 16_384;

  private static final String CLIENT_AUTHENTICATION = "client-authentication+jwt";
  private static final String AUTHORIZATION_GRANT = "authorization-grant+jwt";
  private static final String ACCESS_TOKEN = "at+jwt";

  /** Takes an assertion apart that authenticates a client; {@code invalid_client} where it is none. */
  public static Checked<Assertion> parse(String text) {
    return parse(text, CLIENT_AUTHENTICATION);
  }

  /** Takes an assertion apart that is an authorization grant; {@code invalid_grant} where it is none. */
  public static Checked<Assertion> parseGrant(String text) {
    return parse(text, AUTHORIZATION_GRANT).match(Checked::accepted,
        refusal -> Checked.refused(refusal.withError(TokenError.INVALID_GRANT)));
  }

  private static Checked<Assertion> parse(String text, String ownType) {
    if (text.length() > CHARACTERS_MAX) {
      return refused("expected an assertion of at most " + CHARACTERS_MAX + " characters, but found " + text.length());
    }
    int first = text.indexOf('.');
    int last = text.lastIndexOf('.');
    if (first <= 0 || first == last || text.indexOf('.', first + 1) != last || last == text.length() - 1) {
      return refused("expected a signed JWT as assertion, three parts with dots between them, but found another form");
    }
    try {
      JsonNode header = json(text.substring(0, first));
      JsonNode claims = json(text.substring(first + 1, last));
      return read(header, claims, ownType, text.substring(0, last), text.substring(last + 1));
    } catch (IllegalArgumentException e) {
      return refused("expected header and claims of the assertion as JSON in base64url, but found something else");
    }
  }

  private static Checked<Assertion> read(JsonNode header, JsonNode claims, String ownType, String signingInput,
      String signature) {
    if (!header.isObject() || !claims.isObject() || !header.path("alg").isTextual()) {
      return refused("expected JSON objects as header and claims of the assertion, and an alg, but found no such thing");
    }
    // RFC 7515 §4.1.11: extensions that are not understood "MUST" make the JWS invalid; none is understood here.
    if (header.has("crit")) {
      return refused("expected an assertion without crit in its header, but found one");
    }
    String type = header.path("typ").asText("").toLowerCase(Locale.ROOT);
    String name = type.startsWith("application/") ? type.substring("application/".length()) : type;
    return AssertionClaims.read(claims).then(read -> mayBe(name, ownType, read)
        ? Checked.accepted(new Assertion(header.path("alg").textValue(),
            KeyHint.of(text(header, "kid"), text(header, "x5t"), text(header, "x5t#S256")), read,
            signingInput.getBytes(StandardCharsets.US_ASCII), new Base64URL(signature)))
        : refused("expected JWT or " + ownType + " as typ of the assertion, or none, but found another"));
  }

  // RFC 8725 §3.11: an access token, or whatever else a client signs, is no assertion. What another issuer gives a workload
  // to prove itself with may be one, RFC 9068: of that issuer alone, and for the audience that is registered with it.
  private static boolean mayBe(String type, String ownType, AssertionClaims claims) {
    return Set.of("", "jwt", ownType).contains(type)
        || ownType.equals(CLIENT_AUTHENTICATION) && type.equals(ACCESS_TOKEN) && !claims.issuer().equals(claims.subject());
  }

  private static JsonNode json(String part) {
    return CanonicalJson.read(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue());
  }

  static <T> Checked<T> refused(String description) {
    return Checked.refused(Refusal.invalidClient(description));
  }

  @Override
  public String toString() {
    return "Assertion[redacted]";
  }
}
