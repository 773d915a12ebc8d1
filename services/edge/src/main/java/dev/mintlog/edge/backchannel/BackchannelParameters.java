package dev.mintlog.edge.backchannel;

import dev.mintlog.client.CibaPolicy;
import dev.mintlog.client.Scopes;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.request.Syntax;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parameters of a backchannel authentication request, OpenID CIBA Core §7.1. They do not print.
 *
 * @param notificationToken present where the client is in ping mode
 */
public record BackchannelParameters(
    Scopes scope, UserHint hint, Optional<String> bindingMessage, Optional<String> userCode,
    Optional<Duration> requestedExpiry, List<String> acrValues, Optional<String> notificationToken) {
  /** All that it may have, OpenID CIBA Core §7.1; those that authenticate the client are none of them. */
  static final List<String> NAMES = List.of("scope", "client_notification_token", "acr_values", "login_hint_token",
      "id_token_hint", "login_hint", "binding_message", "user_code", "requested_expiry");

  static final int LOGIN_HINT_CHARACTERS_MAX = 100;
  static final int ID_TOKEN_HINT_CHARACTERS_MAX = 4_000;
  static final int USER_CODE_CHARACTERS_MAX = 100;
  static final int ACR_VALUES_CHARACTERS_MAX = 300;

  /** RFC 6750 §2.1. OpenID CIBA Core §7.1: "The length of the token MUST NOT exceed 1024 characters". */
  private static final Pattern BEARER = Pattern.compile("(?=.{1,1024}$)[A-Za-z0-9._~+/-]+=*");

  private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern VISIBLE = Pattern.compile("[ -~]+");

  /** @param policy of the client that asks */
  public static Checked<BackchannelParameters> read(Form form, CibaPolicy policy) {
    Optional<String> message = form.find("binding_message");
    if (message.isPresent() && !BindingMessage.isReadable(message.get())) {
      return Checked.refused(new Refusal(400, "invalid_binding_message", "expected at most "
          + BindingMessage.CODE_POINTS_MAX + " characters of plain text as binding_message", 0));
    }
    if (form.find("user_code").filter(code -> code.length() > USER_CODE_CHARACTERS_MAX).isPresent()) {
      return refused("Invalid user_code: expected at most " + USER_CODE_CHARACTERS_MAX + " characters");
    }
    return scope(form).then(scope -> hint(form).then(hint -> expiry(form, policy).then(expiry -> acrValues(form).then(
        acr -> notificationToken(form, policy).then(token -> Checked.accepted(new BackchannelParameters(
            scope, hint, message, form.find("user_code"), expiry, acr, token)))))));
  }

  // OpenID CIBA Core §7.1: scope is required and contains openid.
  private static Checked<Scopes> scope(Form form) {
    Optional<String> scope = form.find("scope");
    if (scope.isEmpty()) {
      return refused("Missing scope");
    }
    return Syntax.scope(scope.get()).then(text -> Scopes.parse(text).contains(Scopes.OPENID)
        ? Checked.accepted(Scopes.parse(text))
        : refused("Missing the openid scope"));
  }

  // OpenID CIBA Core §7.1: "it is REQUIRED that the Client provides one (and only one) of the hints".
  private static Checked<UserHint> hint(Form form) {
    long hints = Stream.of("login_hint_token", "id_token_hint", "login_hint").filter(form::has).count();
    if (hints != 1) {
      return refused((hints == 0 ? "Missing " : "Too many of ") + "login_hint_token, id_token_hint, or login_hint");
    }
    Optional<String> token = form.find("login_hint_token");
    if (token.isPresent()) {
      return Checked.accepted(new UserHint(UserHint.Kind.LOGIN_HINT_TOKEN, token.get()));
    }
    Optional<String> login = form.find("login_hint");
    if (login.isPresent()) {
      return login.get().length() > LOGIN_HINT_CHARACTERS_MAX
          ? refused("Invalid login_hint: expected at most " + LOGIN_HINT_CHARACTERS_MAX + " characters")
          : Checked.accepted(new UserHint(UserHint.Kind.LOGIN_HINT, login.get()));
    }
    return form.require("id_token_hint").then(idToken -> idToken.length() > ID_TOKEN_HINT_CHARACTERS_MAX
        ? refused("Invalid id_token_hint: expected at most " + ID_TOKEN_HINT_CHARACTERS_MAX + " characters")
        : Checked.accepted(new UserHint(UserHint.Kind.ID_TOKEN_HINT, idToken)));
  }

  private static Checked<Optional<Duration>> expiry(Form form, CibaPolicy policy) {
    Optional<String> text = form.find("requested_expiry");
    if (text.isEmpty()) {
      return Checked.accepted(Optional.empty());
    }
    long longest = policy.lifetime().toSeconds();
    return SECONDS.matcher(text.get()).matches() && Long.parseLong(text.get()) <= longest
        ? Checked.accepted(Optional.of(Duration.ofSeconds(Long.parseLong(text.get()))))
        : refused("Invalid requested_expiry: expected 1 to " + longest + " seconds");
  }

  private static Checked<List<String>> acrValues(Form form) {
    Optional<String> text = form.find("acr_values");
    boolean fits = text.isEmpty() || text.get().length() <= ACR_VALUES_CHARACTERS_MAX
        && VISIBLE.matcher(text.get()).matches();
    return fits
        ? Checked.accepted(text.map(values -> Stream.of(values.trim().split(" +")).toList()).orElse(List.of()))
        : refused("Invalid acr_values: expected at most " + ACR_VALUES_CHARACTERS_MAX + " visible ASCII characters");
  }

  // OpenID CIBA Core §7.1: client_notification_token is "REQUIRED if the Client is registered to use Ping or Push modes".
  private static Checked<Optional<String>> notificationToken(Form form, CibaPolicy policy) {
    if (policy.notificationEndpoint().isEmpty()) {
      return Checked.accepted(Optional.empty());
    }
    return form.require("client_notification_token").then(token -> BEARER.matcher(token).matches()
        ? Checked.accepted(Optional.of(token))
        : refused("Invalid client_notification_token: expected a bearer token of at most 1024 characters"));
  }

  private static <T> Checked<T> refused(String description) {
    return Checked.refused(Refusal.invalidRequest(description));
  }

  @Override
  public String toString() {
    return "BackchannelParameters[" + hint + "]";
  }
}
