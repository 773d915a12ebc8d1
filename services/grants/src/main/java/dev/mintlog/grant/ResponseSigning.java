package dev.mintlog.grant;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.ResponseTerms;
import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Registration;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.client.SigningKeyRef;
import dev.mintlog.command.Command.SignResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Terms of a signed response. Issuer, audience, time and type are never the edge's to say. */
final class ResponseSigning {
  private ResponseSigning() {}

  static Decision decide(SignResponse command, Registration registration) {
    Instant now = command.delivery().requestedAt();
    Optional<SigningKeyRef> key = key(registration, now);
    return key.map(found -> Decision.unchanged(new Answer.Signed(new ResponseTerms(
            command.kind(), registration.tenant().issuer(), command.clientId(), now, found))))
        .orElseGet(ResponseSigning::withoutKey);
  }

  /** The answer where a tenant has no key to sign with; what was presented stays good. */
  static Decision.Answered withoutKey() {
    return Decision.denied(TokenError.SERVER_ERROR, "expected a signing key in force, but found none");
  }

  // An API resource has registered no algorithm; where the usual one has no key, any of the tenant's will do.
  private static Optional<SigningKeyRef> key(Registration registration, Instant now) {
    return Stream.concat(
            Stream.of(registration.client().tokens().algorithm()), Arrays.stream(SigningAlgorithm.values()))
        .flatMap(algorithm -> registration.tenant().signingKeyAt(algorithm, now).stream())
        .findFirst();
  }
}
