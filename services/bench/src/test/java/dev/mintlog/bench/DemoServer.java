package dev.mintlog.bench;

import static dev.mintlog.bench.TokenServer.http;
import static dev.mintlog.bench.TokenServer.ok;

import dev.mintlog.bench.grant.CibaScript;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A token endpoint and a login API that hold clients to single use, PKCE and the order of requests. */
public final class DemoServer implements AutoCloseable {

  public static final String PASSWORD = "correct horse&battery";
  public static final KeyPair ASSERTION_KEY = rsaKey();
  public static final String LOGIN_TOKEN = "login." + "a".repeat(8) + ".token";

  private final AtomicInteger made = new AtomicInteger();
  private final Map<String, String> challengeByCode = new ConcurrentHashMap<>();
  private final Set<String> assertions = ConcurrentHashMap.newKeySet();
  private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();
  private final Map<String, String> userCodeByDeviceCode = new ConcurrentHashMap<>();
  private final Map<String, String> pending = new ConcurrentHashMap<>();
  private final Set<String> approved = ConcurrentHashMap.newKeySet();
  private final AtomicInteger redeemed = new AtomicInteger();
  private final TokenServer tokens;
  private final TokenServer login;

  public DemoServer() throws IOException {
    tokens = new TokenServer((number, request) -> Optional.of(answer(request)));
    login = new TokenServer((number, request) -> Optional.of(loginAnswer(request)));
  }

  public URI url() {
    return tokens.url();
  }

  public URI loginUrl() {
    return login.url().resolve("/");
  }

  int loginPort() {
    return login.url().getPort();
  }

  public TokenServer tokens() {
    return tokens;
  }

  public TokenServer login() {
    return login;
  }

  /** Tokens given for a credential of any grant. */
  public int redeemed() {
    return redeemed.get();
  }

  /** Nothing of what was made before is worth anything from now on. */
  public void forget() {
    challengeByCode.clear();
    refreshTokens.clear();
    userCodeByDeviceCode.clear();
  }

  private String answer(String request) {
    Map<String, String> form = form(request);
    if (request.startsWith("POST /connect/deviceauthorization ")) {
      String deviceCode = fresh("device");
      userCodeByDeviceCode.put(deviceCode, fresh("USER"));
      return ok("{\"device_code\":\"" + deviceCode + "\",\"user_code\":\"" + userCodeByDeviceCode.get(deviceCode)
          + "\",\"interval\":1}");
    }
    if (request.startsWith("POST /connect/ciba ")) {
      String authReqId = base64url(String.format("key.%016d%021d", made.incrementAndGet(), 0));
      pending.put(authReqId, CibaScript.requestId(authReqId));
      return ok("{\"auth_req_id\":\"" + authReqId + "\",\"expires_in\":120,\"interval\":5}");
    }
    return switch (form.getOrDefault("grant_type", "")) {
      case "password" -> redeem("alice".equals(form.get("username")) && PASSWORD.equals(form.get("password")));
      case "urn:example:grant-type:ticket" -> redeem(form.getOrDefault("ticket", "").matches("visitor-[0-9a-f]{16}"));
      case "urn:ietf:params:oauth:grant-type:jwt-bearer" -> redeem(isSignedAndNew(form.getOrDefault("assertion", "")));
      case "urn:openid:params:grant-type:ciba" -> redeem(approved.remove(pending.remove(form.get("auth_req_id"))));
      case "client_credentials" -> ok(form.get("scope") == null ? TokenServer.token()
          : "{\"access_token\":\"" + LOGIN_TOKEN + "\"}");
      case "authorization_code" -> redeem(challenge(form.get("code_verifier")).equals(challengeByCode.remove(
          form.getOrDefault("code", ""))));
      case "refresh_token" -> redeem(refreshTokens.remove(form.getOrDefault("refresh_token", "")));
      case "urn:ietf:params:oauth:grant-type:device_code" ->
          redeem(approved.remove(userCodeByDeviceCode.remove(form.get("device_code"))));
      case "urn:ietf:params:oauth:grant-type:token-exchange" ->
          redeem(TokenServer.jwt("ES256").equals(form.get("subject_token"))
              && "urn:ietf:params:oauth:token-type:access_token".equals(form.get("subject_token_type")));
      default -> http("400 Bad Request", "", "{\"error\":\"unsupported_grant_type\"}");
    };
  }

  private boolean isSignedAndNew(String assertion) {
    String[] parts = assertion.split("\\.");
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(ASSERTION_KEY.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2])) && assertions.add(assertion);
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  private static KeyPair rsaKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private String redeem(boolean valid) {
    if (!valid) {
      return http("400 Bad Request", "", "{\"error\":\"invalid_grant\"}");
    }
    redeemed.incrementAndGet();
    String refreshToken = fresh("refresh");
    refreshTokens.add(refreshToken);
    return ok("{\"access_token\":\"" + TokenServer.jwt("ES256") + "\",\"refresh_token\":\"" + refreshToken + "\"}");
  }

  private String loginAnswer(String request) {
    if (!request.contains("Authorization: Bearer " + LOGIN_TOKEN + "\r\n")) {
      return http("401 Unauthorized", "", "{\"error\":\"invalid_token\"}");
    }
    String path = request.split(" ")[1];
    if (path.equals("/login/authorizations")) {
      String code = fresh("code");
      challengeByCode.put(code, request.replaceAll("(?s).*\"code_challenge\":\"([^\"]*)\".*", "$1"));
      return ok("{\"code\":\"" + code + "\",\"expires_in\":300}");
    }
    approved.add(path.replaceAll("/login/(?:device-authorizations|backchannel-authentications)/(.*)/approval", "$1"));
    return ok("{}");
  }

  private static String base64url(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private String fresh(String kind) {
    return kind + "-" + made.incrementAndGet();
  }

  private static Map<String, String> form(String request) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String parameter : request.substring(request.indexOf("\r\n\r\n") + 4).split("&")) {
      String[] pair = parameter.split("=", 2);
      form.put(pair[0], URLDecoder.decode(pair[pair.length - 1], StandardCharsets.UTF_8));
    }
    return form;
  }

  private static String challenge(String verifier) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    tokens.close();
    login.close();
  }
}
