package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.AccessPolicy;
import dev.mintlog.client.AccessTokenType;
import dev.mintlog.client.CibaPolicy;
import dev.mintlog.client.Client;
import dev.mintlog.client.Client.DevicePolicy;
import dev.mintlog.client.Client.RefreshPolicy;
import dev.mintlog.client.Client.TokenPolicy;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.registry.client.BackchannelPolicy;
import dev.mintlog.registry.client.GrantAssertionPolicy;
import dev.mintlog.registry.client.RateLimit;
import dev.mintlog.registry.client.RegisteredAssertions;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.client.RegisteredSecret;
import dev.mintlog.registry.client.SenderPolicy;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.document.text.DurationText;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.document.text.Names;
import dev.mintlog.registry.secret.ClientSecretHash;
import dev.mintlog.registry.tenant.LoginApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A client as it is written. */
public final class ClientForm {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration YEARS = Duration.ofDays(3660);

  /** RFC 6749 §4.1.2 recommends 10 minutes at most; an hour is where a slip begins. */
  private static final Duration CODE_LIFETIME_MAX = Duration.ofHours(1);

  private static final String ROTATE = "rotate";
  private static final String REUSE = "reuse";

  private static final Set<GrantType> BUILT_IN = Set.of(
      GrantType.AUTHORIZATION_CODE, GrantType.CLIENT_CREDENTIALS, GrantType.REFRESH_TOKEN, GrantType.PASSWORD,
      GrantType.DEVICE_CODE, GrantType.TOKEN_EXCHANGE,
      GrantType.CIBA, GrantType.JWT_BEARER);

  private ClientForm() {}

  public static RegisteredClient read(Fields fields) {
    String id = fields.text("id");
    Names.checkVisible(fields, "id", id);
    boolean enabled = fields.flag("enabled", true);
    Optional<String> name = fields.optionalText("name");
    Set<GrantType> grantTypes = grantTypes(fields);
    Scopes allowedScopes = Scopes.of(fields.texts("allowedScopes", List.of()));
    Set<String> redirectUris = redirectUris(fields);
    boolean isPublic = fields.flag("public", false);
    List<RegisteredSecret> secrets = secrets(fields);
    boolean requirePkce = fields.flag("requirePkce", true);
    TokenPolicy tokens = tokens(fields);
    RefreshPolicy refresh = refresh(fields.object("refresh"));
    DevicePolicy device = device(fields.object("device"));
    Set<String> allowedOrigins = allowedOrigins(fields);
    Optional<RateLimit> rateLimit = RateLimitForm.read(fields, "rateLimit");
    AccessPolicy access = AccessForm.read(fields);
    RegisteredAssertions assertions = AssertionForm.read(fields);
    Fields cibaFields = fields.object("ciba");
    BackchannelPolicy backchannel = BackchannelForm.read(cibaFields, assertions);
    CibaPolicy ciba = CibaForm.read(cibaFields);
    boolean signedUserInfo = fields.flag("signedUserInfo", false);
    SenderPolicy sender = SenderForm.read(fields);
    GrantAssertionPolicy grantAssertions = GrantAssertionForm.read(fields);
    fields.end();
    Client client =
        new Client(id, enabled, grantTypes, allowedScopes, redirectUris, requirePkce, tokens, refresh, device, access,
            ciba, isPublic);
    checkWhole(fields, client, isPublic, secrets, assertions, sender.certificate());
    return new RegisteredClient(client, name, isPublic, secrets, allowedOrigins, rateLimit, signedUserInfo,
        assertions, sender, grantAssertions, backchannel);
  }

  public static ObjectNode write(RegisteredClient registered) {
    Client client = registered.client();
    ObjectNode node = CanonicalJson.object();
    node.put("id", client.id());
    registered.name().ifPresent(name -> node.put("name", name));
    node.put("enabled", client.enabled());
    node.put("public", registered.isPublic());
    putTexts(node, "grantTypes", client.grantTypes().stream().map(GrantType::value).toList());
    putTexts(node, "allowedScopes", client.allowedScopes().values());
    putTexts(node, "redirectUris", client.redirectUris());
    putTexts(node, "allowedOrigins", registered.allowedOrigins());
    writeSecrets(node, registered.secrets());
    node.put("requirePkce", client.requirePkce());
    node.put("signingAlgorithm", client.tokens().algorithm().jws());
    node.put("accessTokenLifetime", DurationText.write(client.tokens().accessTokenLifetime()));
    node.put("idTokenLifetime", DurationText.write(client.tokens().idTokenLifetime()));
    node.put("codeLifetime", DurationText.write(client.tokens().codeLifetime()));
    ObjectNode refresh = node.putObject("refresh");
    refresh.put("policy", client.refresh().rotates() ? ROTATE : REUSE);
    refresh.put("absoluteLifetime", DurationText.write(client.refresh().absoluteLifetime()));
    refresh.put("slidingLifetime", DurationText.write(client.refresh().slidingLifetime()));
    refresh.put("graceWindow", DurationText.write(client.refresh().graceWindow()));
    ObjectNode device = node.putObject("device");
    device.put("lifetime", DurationText.write(client.device().lifetime()));
    device.put("pollingInterval", DurationText.write(client.device().pollingInterval()));
    client.tokens().idTokenEncryption().ifPresent(encryption -> IdTokenEncryptionForm.write(node, encryption));
    AccessForm.write(node, client.access());
    ObjectNode ciba = node.putObject("ciba");
    CibaForm.write(ciba, client.ciba());
    BackchannelForm.write(ciba, registered.backchannel());
    if (registered.signedUserInfo()) {
      node.put("signedUserInfo", true);
    }
    SenderForm.write(node, registered.sender());
    registered.rateLimit().ifPresent(limit -> RateLimitForm.write(node.putObject("rateLimit"), limit));
    AssertionForm.write(node, registered.assertions());
    GrantAssertionForm.write(node, registered.grantAssertions());
    return node;
  }

  public static void writeSecrets(ObjectNode node, List<RegisteredSecret> secrets) {
    ArrayNode array = node.putArray("secrets");
    secrets.forEach(secret -> writeSecret(array.addObject(), secret));
  }

  private static void writeSecret(ObjectNode node, RegisteredSecret secret) {
    node.put("hash", secret.hash().text());
    secret.expiresAt().ifPresent(time -> node.put("expiresAt", time.toString()));
    secret.description().ifPresent(text -> node.put("description", text));
  }

  private static void putTexts(ObjectNode node, String key, Collection<String> texts) {
    ArrayNode array = node.putArray(key);
    new TreeSet<>(texts).forEach(array::add);
  }

  private static Set<GrantType> grantTypes(Fields fields) {
    Set<GrantType> types = new LinkedHashSet<>();
    for (String text : fields.texts("grantTypes", List.of())) {
      // Extension grants are named by URIs, RFC 6749 §4.5; a plain word that is not built in is a slip.
      boolean known = GrantType.isWellFormed(text) && (BUILT_IN.contains(GrantType.of(text)) || text.contains(":"));
      if (known) {
        types.add(GrantType.of(text));
      } else {
        fields.problem("grantTypes", "unknown grant type '" + text + "'; known: "
            + String.join(", ", BUILT_IN.stream().map(GrantType::value).sorted().toList()));
      }
    }
    return types;
  }

  private static Set<String> redirectUris(Fields fields) {
    List<String> uris = fields.texts("redirectUris", List.of());
    for (String uri : uris) {
      Names.redirectUriProblem(uri).ifPresent(problem -> fields.problem("redirectUris", problem));
    }
    return new LinkedHashSet<>(uris);
  }

  private static Set<String> allowedOrigins(Fields fields) {
    List<String> origins = fields.texts("allowedOrigins", List.of());
    for (String origin : origins) {
      if (!Names.isOrigin(origin)) {
        fields.problem("allowedOrigins", "expected scheme://host[:port] and nothing after it, found '" + origin + "'");
      }
    }
    return new LinkedHashSet<>(origins);
  }

  public static List<RegisteredSecret> secrets(Fields fields) {
    List<RegisteredSecret> secrets = new ArrayList<>();
    for (Fields secret : fields.objects("secrets")) {
      Optional<ClientSecretHash> hash = hash(secret, "hash", secret.text("hash"));
      RegisteredSecret read = hash.isEmpty() ? null
          : new RegisteredSecret(hash.get(), secret.optionalInstant("expiresAt"), secret.optionalText("description"));
      if (read != null) {
        secrets.add(read);
        secret.end();
      }
    }
    return secrets;
  }

  /** Reads a hash; where the operator wrote a secret in its place the problem does not repeat it. */
  public static Optional<ClientSecretHash> hash(Fields fields, String key, String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ClientSecretHash.parse(text));
    } catch (IllegalArgumentException e) {
      fields.problem(key, e.getMessage());
      return Optional.empty();
    }
  }

  private static TokenPolicy tokens(Fields fields) {
    TokenPolicy usual = TokenPolicy.DEFAULT;
    String name = fields.optionalText("signingAlgorithm").orElse(usual.algorithm().jws());
    Optional<SigningAlgorithm> algorithm = SigningAlgorithm.ofJws(name);
    if (algorithm.isEmpty()) {
      fields.problem("signingAlgorithm", "expected one of "
          + String.join(", ", Arrays.stream(SigningAlgorithm.values()).map(SigningAlgorithm::jws).toList())
          + ", found '" + name + "'");
    }
    return new TokenPolicy(
        algorithm.orElse(usual.algorithm()),
        fields.duration("accessTokenLifetime", usual.accessTokenLifetime(), SECOND, WEEK),
        fields.duration("idTokenLifetime", usual.idTokenLifetime(), SECOND, WEEK),
        fields.duration("codeLifetime", usual.codeLifetime(), SECOND, CODE_LIFETIME_MAX),
        IdTokenEncryptionForm.read(fields));
  }

  private static RefreshPolicy refresh(Fields fields) {
    RefreshPolicy usual = RefreshPolicy.DEFAULT;
    RefreshPolicy refresh = new RefreshPolicy(
        fields.duration("absoluteLifetime", usual.absoluteLifetime(), SECOND, YEARS),
        fields.duration("slidingLifetime", usual.slidingLifetime(), SECOND, YEARS),
        fields.duration("graceWindow", usual.graceWindow(), Duration.ZERO, Duration.ofHours(1)),
        rotates(fields));
    fields.end();
    return refresh;
  }

  private static boolean rotates(Fields refresh) {
    String policy = refresh.optionalText("policy").orElse(ROTATE);
    if (!policy.equals(ROTATE) && !policy.equals(REUSE)) {
      refresh.problem("policy", "expected " + ROTATE + " or " + REUSE + ", found '" + policy + "'");
    }
    return !policy.equals(REUSE);
  }

  private static DevicePolicy device(Fields fields) {
    DevicePolicy usual = DevicePolicy.DEFAULT;
    DevicePolicy device = new DevicePolicy(
        fields.duration("lifetime", usual.lifetime(), SECOND, Duration.ofHours(1)),
        fields.duration("pollingInterval", usual.pollingInterval(), SECOND, Duration.ofMinutes(1)));
    fields.end();
    return device;
  }

  private static void checkWhole(Fields fields, Client client, boolean isPublic, List<RegisteredSecret> secrets,
      RegisteredAssertions assertions, SenderPolicy.Certificate certificate) {
    if (isPublic && fields.has("secrets") && !secrets.isEmpty()) {
      fields.problem("secrets", "a public client has none");
    }
    if (isPublic && !assertions.isEmpty()) {
      fields.problem("assertions", "a public client has none");
    }
    if (isPublic && certificate.authenticates()) {
      fields.problem("tls",
          "a public client is not authenticated by a certificate; boundAccessTokens alone may be given");
    }
    if (!isPublic && !fields.has("secrets") && !fields.has("assertions") && !certificate.authenticates()) {
      fields.problem("secrets", "expected one at least, or assertions, or tls that authenticates, or public: true");
    }
    // RFC 6749 §4.4: "The client credentials grant type MUST only be used by confidential clients."
    if (isPublic && client.mayUse(GrantType.CLIENT_CREDENTIALS)) {
      fields.problem("grantTypes", "client_credentials is not for public clients (RFC 6749 §4.4)");
    }
    // OpenID CIBA Core §7.1: "The Client MUST authenticate to the Backchannel Authentication Endpoint".
    if (isPublic && client.mayUse(GrantType.CIBA)) {
      fields.problem("grantTypes", "ciba is not for public clients (OpenID CIBA Core §7.1)");
    }
    // A token that is exchanged may be bound to a key, the new one is not: whoever stole it must not get one.
    if (isPublic && client.mayUse(GrantType.TOKEN_EXCHANGE)) {
      fields.problem("grantTypes", GrantType.TOKEN_EXCHANGE + " is not for public clients");
    }
    // The assertion proves its user. Who presents it has to prove themselves by more than a name.
    if (isPublic && client.mayUse(GrantType.JWT_BEARER)) {
      fields.problem("grantTypes", GrantType.JWT_BEARER + " is not for public clients");
    }
    if (client.access().tokenType() == AccessTokenType.REFERENCE) {
      // What an exchange gives belongs to the subject token's authorization, whose handles only its own client can have.
      if (client.mayUse(GrantType.TOKEN_EXCHANGE)) {
        fields.problem("accessTokenType", "reference is not for clients that may use " + GrantType.TOKEN_EXCHANGE);
      }
      if (client.allowedScopes().contains(LoginApi.SCOPE)) {
        fields.problem("accessTokenType", "reference is not for clients that may ask for " + LoginApi.SCOPE);
      }
    }
    // RFC 9700 §2.1.1: "public clients MUST use PKCE".
    if (isPublic && !client.requirePkce()) {
      fields.problem("requirePkce", "public clients must use PKCE (RFC 9700 §2.1.1)");
    }
    // RFC 9700 §2.2.2: "Refresh tokens for public clients MUST be sender-constrained or use refresh token rotation".
    if (isPublic && !client.refresh().rotates()) {
      fields.problem("refresh.policy", "reuse is not for public clients (RFC 9700 §2.2.2)");
    }
    if (client.mayUse(GrantType.AUTHORIZATION_CODE) && client.redirectUris().isEmpty()) {
      fields.problem("redirectUris", "expected one at least, because of authorization_code");
    }
    if (isPublic && client.allowedScopes().contains(LoginApi.SCOPE)) {
      fields.problem("allowedScopes", LoginApi.SCOPE + " is not for public clients");
    }
  }
}
