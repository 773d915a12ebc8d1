package dev.mintlog.edge.proof.client;

import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@code client_secret_basic}: HTTP Basic, RFC 6749 §2.3.1 and RFC 7617. */
final class ClientSecretBasic implements ClientAuthenticationMethod {
  private static final String SCHEME = "Basic ";

  @Override
  public String name() {
    return "client_secret_basic";
  }

  @Override
  public boolean isUsed(Optional<String> authorization, Form form) {
    return authorization.isPresent();
  }

  @Override
  public Checked<List<Credential>> read(Optional<String> authorization, Form form) {
    String header = authorization.orElseThrow();
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      // RFC 6749 §5.2: invalid_client for an "unsupported authentication method".
      return Checked.refused(Refusal.invalidClient("expected the Basic scheme in Authorization, but found another"));
    }
    Optional<String> pair = decoded(header.substring(SCHEME.length()).trim());
    int colon = pair.map(text -> text.indexOf(':')).orElse(-1);
    if (colon < 1) {
      return Checked.refused(Refusal.invalidRequest(
          "expected base64 of client_id:client_secret after Basic in Authorization, but found something else"));
    }
    return withinOneMethod(readings(pair.get().substring(0, colon), pair.get().substring(colon + 1)), form);
  }

  // RFC 6749 §2.3: "The client MUST NOT use more than one authentication method in each request." A client_id in the
  // body beside Basic is no second method where it names the same client: clients in the field send it.
  private static Checked<List<Credential>> withinOneMethod(List<Credential> readings, Form form) {
    Optional<String> secretInBody = form.find("client_secret");
    Optional<String> idInBody = form.find("client_id");
    boolean hasSecret = readings.get(0).secret().isPresent();
    if (hasSecret && secretInBody.isPresent()) {
      return Checked.refused(Refusal.invalidRequest(
          "expected one client authentication method, but found a secret in Authorization and one in the body"));
    }
    if (idInBody.isPresent() && readings.stream().noneMatch(reading -> reading.clientId().equals(idInBody.get()))) {
      return Checked.refused(Refusal.invalidRequest(
          "expected one client, but found different client_ids in Authorization and in the body"));
    }
    return Checked.accepted(secretInBody
        .map(secret -> List.of(Credential.of(idInBody.orElse(readings.get(0).clientId()), secret)))
        .orElse(readings));
  }

  // RFC 6749 §2.3.1 has id and secret form-encoded before base64; many clients do not do so. Both readings are tried:
  // "a+b" may be what it says or stand for "a b".
  private static List<Credential> readings(String id, String secret) {
    Credential raw = Credential.of(id, secret);
    if (!mayBeEncoded(id) && !mayBeEncoded(secret)) {
      return List.of(raw);
    }
    Optional<String> decodedId = formDecoded(id);
    Optional<String> decodedSecret = formDecoded(secret);
    return decodedId.isPresent() && decodedSecret.isPresent()
        ? List.of(Credential.of(decodedId.get(), decodedSecret.get()), raw)
        : List.of(raw);
  }

  private static boolean mayBeEncoded(String text) {
    return text.indexOf('%') >= 0 || text.indexOf('+') >= 0;
  }

  private static Optional<String> formDecoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
