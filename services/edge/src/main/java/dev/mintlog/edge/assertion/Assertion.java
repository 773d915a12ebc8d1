package dev.mintlog.edge.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.util.Base64URL;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.registry.document.text.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

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
 * @param members all of its claims, as a JSON object
 */
public record Assertion(String algorithm, KeyHint hint, AssertionClaims claims, byte[] signingInput,
    Base64URL signature, JsonNode members) {
  /** Longer ones are refused unread. */
  public static final int CHARACTERS_MAX = 16_384;

  /** Takes the assertion of a client apart; {@code invalid_client} where it is none. */
  public static Checked<Assertion> parse(String text) {
    return parse(text, JwtKind.CLIENT_ASSERTION);
  }

  /** Takes an assertion apart that is an authorization grant; {@code invalid_grant} where it is none. */
  public static Checked<Assertion> parseGrant(String text) {
    return parse(text, JwtKind.GRANT_ASSERTION);
  }

  /** Takes a JWT of a kind apart; refused as that kind is where it is none. */
  public static Checked<Assertion> parse(String text, JwtKind kind) {
    if (text.length() > kind.charactersMax()) {
      return refused(kind, "expected " + kind.one() + " of at most " + kind.charactersMax() + " characters, but found "
          + text.length());
    }
    int first = text.indexOf('.');
    int last = text.lastIndexOf('.');
    if (first <= 0 || first == last || text.indexOf('.', first + 1) != last || last == text.length() - 1) {
      return refused(kind,
          "expected a signed JWT as " + kind.noun() + ", three parts with dots between them, but found another form");
    }
    try {
      JsonNode header = json(text.substring(0, first));
      JsonNode claims = json(text.substring(first + 1, last));
      return read(kind, header, claims, text.substring(0, last), text.substring(last + 1));
    } catch (IllegalArgumentException e) {
      return refused(kind,
          "expected header and claims of the " + kind.noun() + " as JSON in base64url, but found something else");
    }
  }

  private static Checked<Assertion> read(
      JwtKind kind, JsonNode header, JsonNode claims, String signingInput, String signature) {
    if (!header.isObject() || !claims.isObject() || !header.path("alg").isTextual()) {
      return refused(kind, "expected JSON objects as header and claims of the " + kind.noun()
          + ", and an alg, but found no such thing");
    }
    // RFC 7515 §4.1.11: extensions that are not understood "MUST" make the JWS invalid; none is understood here.
    if (header.has("crit")) {
      return refused(kind, "expected " + kind.one() + " without crit in its header, but found one");
    }
    // RFC 7800 §3.1: what is bound to a key is good in that key's hands alone, and nobody proves one here. RFC 8693 §4.1: with
    // act it is somebody else who acts.
    if (claims.has("cnf") || claims.has("act")) {
      return refused(kind, "expected " + kind.one() + " without cnf and act, but found one of them");
    }
    String type = header.path("typ").asText("");
    return AssertionClaims.read(kind, claims).then(read -> kind.mayBeOfType(type, read)
        ? Checked.accepted(new Assertion(header.path("alg").textValue(),
            KeyHint.of(text(header, "kid"), text(header, "x5t"), text(header, "x5t#S256")), read,
            signingInput.getBytes(StandardCharsets.US_ASCII), new Base64URL(signature), claims))
        : refused(kind, "expected " + String.join(" or ", kind.types()) + " as typ of the " + kind.noun()
            + ", or none, but found another"));
  }

  private static JsonNode json(String part) {
    return CanonicalJson.read(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue());
  }

  static <T> Checked<T> refused(JwtKind kind, String description) {
    return Checked.refused(kind.refusal(description));
  }

  @Override
  public String toString() {
    return "Assertion[redacted]";
  }
}
