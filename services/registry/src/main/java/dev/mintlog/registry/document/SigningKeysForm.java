package dev.mintlog.registry.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.document.text.DurationText;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.tenant.SigningKeyPeriods;
import java.time.Duration;

/** How a tenant's signing keys come and go, as it is written. */
final class SigningKeysForm {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration YEARS = Duration.ofDays(3660);

  private SigningKeysForm() {}

  static SigningKeyPeriods read(Fields tenant) {
    Fields fields = tenant.object("signingKeys");
    SigningKeyPeriods usual = SigningKeyPeriods.DEFAULT;
    SigningKeyPeriods periods = new SigningKeyPeriods(
        fields.duration("rotateEvery", usual.rotateEvery(), SECOND, YEARS),
        fields.duration("announceFor", usual.announceFor(), SECOND, YEARS),
        fields.duration("jwksMaxAge", usual.jwksMaxAge(), Duration.ZERO, DAY));
    // Else a verifier may hold a JWKS without the key that signs.
    if (periods.announceFor().compareTo(periods.jwksMaxAge()) <= 0) {
      fields.problem("announceFor", "expected more than jwksMaxAge (" + DurationText.write(periods.jwksMaxAge())
          + "), found " + DurationText.write(periods.announceFor()));
    }
    if (periods.rotateEvery().compareTo(periods.announceFor()) < 0) {
      fields.problem("rotateEvery", "expected announceFor (" + DurationText.write(periods.announceFor())
          + ") at least, found " + DurationText.write(periods.rotateEvery()));
    }
    fields.end();
    return periods;
  }

  static void write(ObjectNode node, SigningKeyPeriods periods) {
    node.put("rotateEvery", DurationText.write(periods.rotateEvery()));
    node.put("announceFor", DurationText.write(periods.announceFor()));
    node.put("jwksMaxAge", DurationText.write(periods.jwksMaxAge()));
  }
}
