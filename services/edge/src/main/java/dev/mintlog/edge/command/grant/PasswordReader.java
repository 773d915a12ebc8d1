package dev.mintlog.edge.command.grant;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.channel.log.SealedClaims;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.KeyedDigest;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.GrantType;
import dev.mintlog.command.Grant;
import dev.mintlog.command.TokenStyle;
import dev.mintlog.edge.claims.UserClaims;
import dev.mintlog.edge.limit.SignIn;
import dev.mintlog.edge.limit.SignInLimits;
import dev.mintlog.edge.limit.SignInLimits.Outcome;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.user.PasswordAttempt;
import dev.mintlog.edge.user.PasswordVerdict;
import dev.mintlog.edge.user.PasswordVerdict.NotJudged;
import dev.mintlog.edge.user.PasswordVerdict.Verified;
import dev.mintlog.edge.user.Users;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.RequestPasswordToken;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** RFC 6749 §4.3.2: {@code username}, {@code password}, {@code scope}; with {@code acr_values}. */
public final class PasswordReader implements GrantReader {
  /** Longer usernames and passwords are nobody's. */
  public static final int CHARACTERS_MAX = 100;

  /** RFC 8176 §2: password-based authentication. */
  private static final List<String> AMR = List.of("pwd");

  private final Users users;
  private final SignInLimits limits;
  private final List<String> satisfiedAcrs;
  private final KeyedDigest usernames;
  private final UserClaims claims;
  private final Sealer sealer;
  private final SecureRandom random;

  /**
   * @param limits who guesses is slowed down by
   * @param satisfiedAcrs authentication context classes that a password satisfies
   * @param usernames digests of usernames, for the audit and the limits
   * @param claims what API resources want to know of users
   * @param sealer of direction COMMAND
   */
  public PasswordReader(Users users, SignInLimits limits, List<String> satisfiedAcrs, KeyedDigest usernames,
      UserClaims claims, Sealer sealer, SecureRandom random) {
    this.users = users;
    this.limits = limits;
    this.satisfiedAcrs = List.copyOf(satisfiedAcrs);
    this.usernames = usernames;
    this.claims = claims;
    this.sealer = sealer;
    this.random = random;
  }

  @Override
  public GrantType type() {
    return GrantType.PASSWORD;
  }

  @Override
  public void read(GrantRequest request, Consumer<GrantReading> then) {
    request.allowed(type()).then(form -> AcrValues.read(form).then(acr -> acr.in(request.tenant(), users))).either(
        acr -> request.form().require("username").either(
            username -> verify(request, username, acr, then),
            refusal -> then.accept(new GrantReading.Refused(refusal, Optional.empty()))),
        refusal -> then.accept(new GrantReading.Refused(refusal, Optional.empty())));
  }

  private void verify(GrantRequest request, String username, AcrValues acr, Consumer<GrantReading> then) {
    Optional<String> digest = Optional.of(usernames.digest(request.tenant(), username));
    // A password that is absent may be an empty one.
    String password = request.form().find("password").orElse("");
    if (username.length() > CHARACTERS_MAX || password.length() > CHARACTERS_MAX) {
      then.accept(new GrantReading.Refused(Refusal.invalidGrant(Grant.Password.NO_MATCH), digest));
      return;
    }
    PasswordAttempt attempt =
        new PasswordAttempt(request.registry(), request.tenant(), request.client().id(), username, password);
    // Before the password is looked at: to who is slowed down, whether it is right is no answer either.
    limits.admit(who(request, username)).either(
        admitted -> users.verify(attempt, acr.provider(), request.loop(), verdict -> {
          admitted.end(outcome(verdict));
          read(request, verdict, acr, digest, then);
        }),
        refusal -> then.accept(new GrantReading.Refused(refusal, digest)));
  }

  private SignIn who(GrantRequest request, String username) {
    // Spellings that a provider might take for one user share their failures.
    String folded = Normalizer.normalize(username, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
    return new SignIn(request.tenant(), usernames.digest(request.tenant(), folded), request.client().id(),
        request.address());
  }

  private static Outcome outcome(PasswordVerdict verdict) {
    if (verdict instanceof NotJudged) {
      return Outcome.NOT_JUDGED;
    }
    return verdict instanceof Verified ? Outcome.RIGHT : Outcome.WRONG;
  }

  private void read(GrantRequest request, PasswordVerdict verdict, AcrValues acr, Optional<String> digest,
      Consumer<GrantReading> then) {
    if (verdict instanceof Verified user) {
      UserClaims.Subject subject =
          new UserClaims.Subject(request.tenant(), request.client().id(), user.subject(), Optional.empty());
      claims.find(request.registry(), subject, request.loop(), found -> found.either(
          values -> then.accept(new GrantReading.Proved(command(request, user, acr, named(request, values)))),
          refusal -> then.accept(new GrantReading.Refused(refusal, Optional.empty()))));
    } else {
      then.accept(verdict instanceof NotJudged notJudged
          ? new GrantReading.Refused(Refusal.tryAgain(notJudged.why()), Optional.empty())
          : new GrantReading.Refused(Refusal.invalidGrant(Grant.Password.NO_MATCH), digest));
    }
  }

  // Clients of Entra ID show their users the name that was typed; what is known of the user comes first.
  private static ClaimValues named(GrantRequest request, ClaimValues values) {
    return request.style() != TokenStyle.ENTRA ? values : request.form().find("username")
        .map(username -> values.and(ClaimValues.NONE.withText("preferred_username", username))).orElse(values);
  }

  private GrantCommand command(GrantRequest request, Verified user, AcrValues acr, ClaimValues values) {
    HandleSecret secret = HandleSecret.random(random);
    AuthorizationId id = secret.authorizationId(request.tenant());
    String scope = request.form().find("scope").orElse(null);
    return new GrantCommand(Optional.of(id), Optional.of(secret), header -> new RequestPasswordToken(header,
        id.value(), scope, user.subject(), request.arrivedAt(), acr.firstOf(satisfiedAcrs).orElse(null), AMR,
        user.provider(), sealed(id, header, values)));
  }

  private ByteBuffer sealed(AuthorizationId id, CommandHeader header, ClaimValues values) {
    return values.isEmpty() ? null : SealedClaims.seal(
        sealer, id, new CommandId(header.getCommandId()), new FurtherClaims(values.json()));
  }
}
