package dev.mintlog.channel.state;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.DirectoryClaims;
import dev.mintlog.answer.GrantTerms;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState;
import dev.mintlog.authorization.BackchannelRequest;
import dev.mintlog.authorization.CodeChallenge;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.authorization.PollClock;
import dev.mintlog.authorization.PolledRequest;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.authorization.ReferenceTokens;
import dev.mintlog.authorization.Rotation;
import dev.mintlog.client.AuthorizationDetail;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Confirmation;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.IdTokenEncryption;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.client.SigningKeyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;

/** Authorizations of every kind, each field there or not there, out of a seed. */
final class RandomAuthorizations {
  static final int STATES = 6;
  static final int ANSWERS = 6;
  private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final Random random;
  private String tenant = "default";

  RandomAuthorizations(long seed) {
    this.random = new Random(seed);
  }

  Authorization authorization(int state, int answer) {
    tenant = random.nextBoolean() ? "default" : "tenant-" + random.nextInt(9);
    return new Authorization(
        new AuthorizationId(tenant, text(22)),
        1 + random.nextInt(1_000),
        state(state),
        new Applied(
            new CommandId(text(22)),
            new LogPosition(text(22), random.nextInt(12), random.nextLong() >>> 1),
            answer(answer)),
        instant(),
        instant());
  }

  private AuthorizationState state(int kind) {
    return switch (kind) {
      case 0 -> new AuthorizationState.CodeIssued(
          consent(), maybe(this::word), maybe(() -> new CodeChallenge(text(43))), instant());
      case 1 -> new AuthorizationState.Pending(polled(), new PollClock(seconds(), maybe(this::instant)));
      case 2 -> new AuthorizationState.Approved(polled(), consent());
      case 3 -> new AuthorizationState.Refused(polled());
      case 4 -> new AuthorizationState.Active(
          one(HandleKind.values()), consent(),
          new Rotation(random.nextInt(99), instant(), maybe(this::instant), maybe(this::instant)),
          references());
      case 5 -> new AuthorizationState.Revoked(word(), maybe(this::word), one(RevocationReason.values()));
      default -> throw new IllegalArgumentException("no state " + kind);
    };
  }

  private Answer answer(int kind) {
    return switch (kind) {
      case 0 -> new Answer.Granted(terms());
      case 1 -> new Answer.Denied(one(TokenError.values()), word(), random.nextBoolean());
      case 2 -> new Answer.Pending(one(TokenError.values()), seconds());
      case 3 -> new Answer.CodeCreated(seconds());
      case 4 -> new Answer.RequestCreated(
          random.nextBoolean() ? OptionalInt.of(random.nextInt(5)) : OptionalInt.empty(), seconds(), seconds());
      case 5 -> new Answer.Done();
      default -> throw new IllegalArgumentException("no answer " + kind);
    };
  }

  private GrantTerms terms() {
    return new GrantTerms(
        random.nextBoolean() ? GrantType.DEVICE_CODE : GrantType.REFRESH_TOKEN,
        "https://" + word(),
        text(43),
        word(),
        scopes(),
        words(),
        instant(),
        seconds(),
        new SigningKeyRef(word(), one(SigningAlgorithm.values()), instant()),
        maybe(() -> random.nextInt(99)),
        maybe(this::seconds),
        claimValues(),
        random.nextBoolean(),
        words(),
        maybe(this::confirmation),
        maybe(() -> random.nextInt(99)),
        maybe(() -> new IdTokenEncryption(word(), word(), "{\"kty\":\"" + word() + "\"}")),
        details(),
        maybe(() -> new DirectoryClaims(word(), maybe(this::word))));
  }

  private List<AuthorizationDetail> details() {
    return random.nextBoolean() ? List.of()
        : List.of(new AuthorizationDetail(word(), "{}"), new AuthorizationDetail(word(), "{\"a\":[1]}"));
  }

  private ReferenceTokens references() {
    return random.nextBoolean() ? ReferenceTokens.NONE
        : new ReferenceTokens(List.of(terms().withReference(random.nextInt(9)), terms().withReference(9)));
  }

  private Consent consent() {
    return new Consent(word(), word(), scopes(), maybe(this::instant), maybe(this::word), words(), maybe(this::word),
        maybe(() -> new FurtherClaims("{\"name\":\"" + word() + "\"}")), words(), claimValues(),
        maybe(this::word),
        maybe(this::confirmation),
        details(), claimValues(), maybe(() -> new AuthorizationId(tenant, text(22))), maybe(this::word));
  }

  private Confirmation confirmation() {
    return new Confirmation(one(Confirmation.Method.values()), "k".repeat(42) + random.nextInt(9));
  }

  private ClaimValues claimValues() {
    return random.nextBoolean() ? ClaimValues.NONE
        : ClaimValues.NONE.withText("c-" + text(5), word()).withTexts("d-" + text(5), words());
  }

  private PolledRequest polled() {
    return random.nextBoolean()
        ? PolledRequest.ofDevice(word(), scopes(), instant(), text(22))
        : PolledRequest.ofBackchannel(word(), scopes(), instant(), new BackchannelRequest(word(), maybe(this::word),
            words(), maybe(() -> new BackchannelRequest.Notification(word(), word()))));
  }

  private Scopes scopes() {
    return Scopes.of(words());
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      words.add(word());
    }
    return words;
  }

  private String word() {
    return text(1 + random.nextInt(12)) + (random.nextInt(8) == 0 ? "é☂" : "");
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(BASE64URL.charAt(random.nextInt(BASE64URL.length())));
    }
    return text.toString();
  }

  private Instant instant() {
    return Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
  }

  private Duration seconds() {
    return Duration.ofSeconds(random.nextInt(1_000_000));
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
