package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.Client.TokenPolicy;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.registry.document.text.DurationText;
import dev.mintlog.registry.document.text.Fields;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How a client's tokens and codes are made and how long they live, as it is written among the client's keys. */
final class TokensForm {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration WEEK = Duration.ofDays(7);

  /** RFC 6749 §4.1.2 recommends 10 minutes at most; an hour is where a slip begins. */
  private static final Duration CODE_LIFETIME_MAX = Duration.ofHours(1);

  private TokensForm() {}

  static TokenPolicy read(Fields client) {
    TokenPolicy usual = TokenPolicy.DEFAULT;
    String name = client.optionalText("signingAlgorithm").orElse(usual.algorithm().jws());
    Optional<SigningAlgorithm> algorithm = SigningAlgorithm.ofJws(name);
    if (algorithm.isEmpty()) {
      client.problem("signingAlgorithm", "expected one of "
          + String.join(", ", Arrays.stream(SigningAlgorithm.values()).map(SigningAlgorithm::jws).toList())
          + ", found '" + name + "'");
    }
    return new TokenPolicy(
        algorithm.orElse(usual.algorithm()),
        client.duration("accessTokenLifetime", usual.accessTokenLifetime(), SECOND, WEEK),
        client.duration("idTokenLifetime", usual.idTokenLifetime(), SECOND, WEEK),
        client.duration("codeLifetime", usual.codeLifetime(), SECOND, CODE_LIFETIME_MAX),
        IdTokenEncryptionForm.read(client));
  }

  static void write(ObjectNode client, TokenPolicy tokens) {
    client.put("signingAlgorithm", tokens.algorithm().jws());
    client.put("accessTokenLifetime", DurationText.write(tokens.accessTokenLifetime()));
    client.put("idTokenLifetime", DurationText.write(tokens.idTokenLifetime()));
    client.put("codeLifetime", DurationText.write(tokens.codeLifetime()));
  }
}
