package dev.mintlog.system;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A client at the token endpoint of one edge, or of one tenant there. */
final class TokenClient {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

  private final URI edge;
  private final String clientId;
  private final Optional<String> secret;
  private final Map<String, String> headers;

  TokenClient(URI edge, String clientId, Optional<String> secret) {
    this(edge, clientId, secret, Map.of());
  }

  private TokenClient(URI edge, String clientId, Optional<String> secret, Map<String, String> headers) {
    this.edge = edge;
    this.clientId = clientId;
    this.secret = secret;
    this.headers = headers;
  }

  static TokenClient confidential(URI edge, DemoClient client) {
    return new TokenClient(edge, client.id(), Optional.of(client.secret()));
  }

  static TokenClient publicClient(URI edge, String clientId) {
    return new TokenClient(edge, clientId, Optional.empty());
  }

  TokenClient at(URI otherEdge) {
    return new TokenClient(otherEdge, clientId, secret, headers);
  }

  /** The same client, which sends this header with each request. */
  TokenClient with(String header, String value) {
    return new TokenClient(edge, clientId, secret, Map.of(header, value));
  }

  Answer clientCredentials(String... more) {
    return token("client_credentials", more);
  }

  Answer redeem(String code, String verifier, String redirectUri) {
    return join(redeemAsync(code, verifier, redirectUri));
  }

  CompletableFuture<Answer> redeemAsync(String code, String verifier, String redirectUri) {
    return tokenAsync("authorization_code", "code", code, "code_verifier", verifier, "redirect_uri", redirectUri);
  }

  Answer refresh(String refreshToken, String... more) {
    return join(refreshAsync(refreshToken, more));
  }

  CompletableFuture<Answer> refreshAsync(String refreshToken, String... more) {
    return tokenAsync("refresh_token", append(new String[] {"refresh_token", refreshToken}, more));
  }

  Answer poll(String deviceCode) {
    return token("urn:ietf:params:oauth:grant-type:device_code", "device_code", deviceCode);
  }

  /** Asks for a user elsewhere, OpenID CIBA Core §7.1. */
  Answer backchannel(String... parameters) {
    return join(post("/connect/ciba", fields(parameters)));
  }

  Answer pollBackchannel(String authReqId) {
    return token("urn:openid:params:grant-type:ciba", "auth_req_id", authReqId);
  }

  Answer device(String... more) {
    return join(post("/connect/deviceauthorization", fields(more)));
  }

  Answer revoke(String token, String... more) {
    return join(post("/connect/revocation", fields(append(new String[] {"token", token}, more))));
  }

  Answer introspect(String token, String... more) {
    return join(post("/connect/introspect", fields(append(new String[] {"token", token}, more))));
  }

  /** Posts a token request; names and values alternate. */
  Answer token(String grantType, String... more) {
    return join(tokenAsync(grantType, more));
  }

  CompletableFuture<Answer> tokenAsync(String grantType, String... more) {
    return post("/connect/token", fields(append(new String[] {"grant_type", grantType}, more)));
  }

  /** Posts a token request with one parameter that is repeated; names and values alternate. */
  Answer tokenRepeating(String grantType, String name, List<String> values, String... more) {
    String repeated = values.stream().map(value -> "&" + encode(name) + "=" + encode(value))
        .collect(Collectors.joining());
    return join(post("/connect/token", fields(append(new String[] {"grant_type", grantType}, more)), repeated));
  }

  private CompletableFuture<Answer> post(String path, Map<String, String> fields) {
    return post(path, fields, "");
  }

  private CompletableFuture<Answer> post(String path, Map<String, String> fields, String encoded) {
    if (secret.isEmpty()) {
      fields.put("client_id", clientId);
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(edge + path)).timeout(PATIENCE)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form(fields) + encoded));
    secret.ifPresent(password -> request.header("Authorization", basic(clientId, password)));
    headers.forEach(request::header);
    return HTTP.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Answer::of);
  }

  static Answer get(URI uri) throws IOException, InterruptedException {
    return Answer.of(HTTP.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString()));
  }

  static Answer send(HttpRequest request) throws IOException, InterruptedException {
    return Answer.of(HTTP.send(request, BodyHandlers.ofString()));
  }

  /** RFC 6749 §2.3.1: id and secret are form-encoded before they are joined. */
  static String basic(String id, String password) {
    return "Basic " + Base64.getEncoder()
        .encodeToString((encode(id) + ":" + encode(password)).getBytes(StandardCharsets.UTF_8));
  }

  static String form(Map<String, String> fields) {
    return fields.entrySet().stream().map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  static Map<String, String> fields(String... namesAndValues) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  static <T> T join(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS).join();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String[] append(String[] first, String[] more) {
    String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }
}
