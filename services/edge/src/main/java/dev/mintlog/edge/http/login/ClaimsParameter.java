package dev.mintlog.edge.http.login;

import dev.mintlog.client.ClaimValues;
import dev.mintlog.edge.command.authorization.LoginCommands.Approval;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The {@code claims} parameter of an authorization request, OpenID Connect Core §5.5. The login application hands on what
 * of it the user agreed to.
 *
 * @param idToken what is wished for in the ID token, by the name of the claim
 * @param userInfo what is wished for at the userinfo endpoint, likewise
 */
record ClaimsParameter(Map<String, Wish> idToken, Map<String, Wish> userInfo) {
  /** More claims than this are not asked for in earnest. */
  static final int CLAIMS_MAX = 100;

  static final ClaimsParameter NONE = new ClaimsParameter(Map.of(), Map.of());

  private static final String ID_TOKEN = "id_token";
  private static final String USERINFO = "userinfo";

  /**
   * One wish, §5.5.1.
   *
   * @param values those it may have; empty where any will do
   */
  record Wish(boolean essential, List<Object> values) {
    Wish {
      values = List.copyOf(values);
    }

    boolean isMetBy(Object value) {
      return value != null && (values.isEmpty() || values.contains(value));
    }
  }

  ClaimsParameter {
    idToken = Map.copyOf(idToken);
    userInfo = Map.copyOf(userInfo);
  }

  /** @param problem told what is not as expected */
  static ClaimsParameter read(JsonObject json, Consumer<String> problem) {
    // §5.5: "Other members MAY be present. Any members used that are not understood MUST be ignored."
    return new ClaimsParameter(wishes(json, ID_TOKEN, problem), wishes(json, USERINFO, problem));
  }

  /** What of it cannot be met by the sign-in that was approved; the client must not get a code then. */
  Optional<String> unmet(Approval approval) {
    // §5.5.1: where sub is requested with a value, §3.1.2.2 has it: "the Authorization Server MUST only send a positive
    // response if the End-User identified by that sub value has an active session".
    if (isUnmet(idToken, "sub", approval.subject(), false) || isUnmet(userInfo, "sub", approval.subject(), false)) {
      return Optional.of("expected the subject that the claims parameter names, but found another");
    }
    // §5.5.1.1: "If this is an Essential Claim and the requirement cannot be met, then the Authorization Server MUST
    // treat that outcome as a failed authentication attempt."
    if (isUnmet(idToken, "acr", approval.acr().orElse(null), true)) {
      return Optional.of("expected an acr that the claims parameter names as essential, but found another or none");
    }
    // §2: "When a max_age request is made or when auth_time is requested as an Essential Claim, then this Claim is
    // REQUIRED".
    if (isUnmet(idToken, "auth_time", approval.authTime().map(Instant::getEpochSecond).orElse(null), true)) {
      return Optional.of("expected auth_time, because the claims parameter names it as essential, but found none");
    }
    return Optional.empty();
  }

  /** Names of claims of the user that are wished for anywhere; the protocol's own are there anyway. */
  Set<String> names() {
    return Stream.of(idToken, userInfo).flatMap(wishes -> wishes.keySet().stream()).filter(ClaimValues::isName)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Those of what is known of the user that are wished for in the ID token, as the members of a JSON object. */
  JsonObject forIdToken(ClaimValues known) {
    return new JsonObject(met(idToken, known).json());
  }

  /** Those that are wished for at the userinfo endpoint. */
  ClaimValues forUserInfo(ClaimValues known) {
    return met(userInfo, known);
  }

  // §5.5.1: an essential claim of the user that is not known, or has another value, is no error: "the Authorization Server
  // MUST NOT generate an error when Claims are not returned, whether they are Essential or Voluntary, unless otherwise
  // specified".
  private static ClaimValues met(Map<String, Wish> wishes, ClaimValues known) {
    JsonObject all = new JsonObject(known.json());
    return known.only(wishes.entrySet().stream()
        .filter(wish -> wish.getValue().isMetBy(all.getValue(wish.getKey()))).map(Map.Entry::getKey).toList());
  }

  private static boolean isUnmet(Map<String, Wish> wishes, String name, Object value, boolean whereEssential) {
    Wish wish = wishes.get(name);
    return wish != null && (wish.essential() || !whereEssential) && !wish.isMetBy(value);
  }

  private static Map<String, Wish> wishes(JsonObject json, String member, Consumer<String> problem) {
    Object value = json.getValue(member);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof JsonObject claims) || claims.size() > CLAIMS_MAX) {
      problem.accept("expected as " + member + " of requested_claims an object of at most " + CLAIMS_MAX + " claims");
      return Map.of();
    }
    Map<String, Wish> wishes = new LinkedHashMap<>();
    for (String name : claims.fieldNames()) {
      wishes.put(name, wish(claims.getValue(name), problem));
    }
    return wishes;
  }

  // §5.5.1: null, or an object with essential, value, values.
  private static Wish wish(Object value, Consumer<String> problem) {
    if (value == null) {
      return new Wish(false, List.of());
    }
    Object essential = value instanceof JsonObject wish ? wish.getValue("essential", false) : null;
    Object values = value instanceof JsonObject wish ? wish.getValue("values", new JsonArray()) : null;
    if (!(essential instanceof Boolean isEssential) || !(values instanceof JsonArray several)
        || several.stream().anyMatch(one -> one == null)) {
      problem.accept("expected for each claim of requested_claims null or an object of essential, value, values");
      return new Wish(false, List.of());
    }
    Object one = ((JsonObject) value).getValue("value");
    return new Wish(isEssential, one == null ? several.stream().toList() : List.of(one));
  }
}
