package dev.mintlog.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The login application: it has authenticated alice, knows what she agreed to, and uses the internal API. */
final class LoginApplication {
  static final String SUBJECT = "248289761001";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI api;
  private final Supplier<String> accessToken;

  LoginApplication(URI api, TokenClient client) {
    this(api, () -> client.clientCredentials().accessToken());
  }

  private LoginApplication(URI api, Supplier<String> accessToken) {
    this.api = api;
    this.accessToken = accessToken;
  }

  /** The same with the access token it gets now, for times when none is to be had. */
  LoginApplication withTokenTaken() {
    String taken = accessToken.get();
    return new LoginApplication(api, () -> taken);
  }

  /** The same application at another address. */
  LoginApplication at(URI otherApi) {
    return new LoginApplication(otherApi, accessToken);
  }

  /** A code for a consent of alice; names and values of further members alternate. */
  String code(String clientId, String redirectUri, Pkce pkce, String... more) {
    Answer answer = create(clientId, redirectUri, pkce, more);
    if (answer.status() != 200 && answer.status() != 201) {
      throw new AssertionError("expected a code, but found " + answer);
    }
    return answer.text("code");
  }

  Answer create(String clientId, String redirectUri, Pkce pkce, String... more) {
    return create(clientId, redirectUri, pkce, TokenClient.fields(more));
  }

  Answer create(String clientId, String redirectUri, Pkce pkce, Map<String, ?> more) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("client_id", clientId);
    body.put("subject", SUBJECT);
    body.put("redirect_uri", redirectUri);
    body.put("code_challenge", pkce.challenge());
    body.put("code_challenge_method", "S256");
    body.put("auth_time", Instant.now().getEpochSecond());
    body.put("acr", "urn:mintlog:acr:password");
    body.put("amr", List.of("pwd"));
    body.put("nonce", "n-0S6_WzA2Mj");
    body.putAll(more);
    return post("/login/authorizations", body);
  }

  Answer approve(String userCode) {
    return post("/login/device-authorizations/" + userCode + "/approval",
        Map.of("subject", SUBJECT, "amr", List.of("pwd")));
  }

  Answer refuse(String userCode) {
    return post("/login/device-authorizations/" + userCode + "/refusal", Map.of());
  }

  Answer look(String userCode) {
    return send(request("/login/device-authorizations/" + userCode).GET());
  }

  Answer approveBackchannel(String id, Map<String, ?> approval) {
    return post("/login/backchannel-authentications/" + id + "/approval", approval);
  }

  Answer refuseBackchannel(String id) {
    return post("/login/backchannel-authentications/" + id + "/refusal", Map.of());
  }

  Answer lookAtBackchannel(String id) {
    return send(request("/login/backchannel-authentications/" + id).GET());
  }

  Answer post(String path, Map<String, ?> body) {
    return post(path, json(body));
  }

  Answer post(String path, String body) {
    return send(request(path).header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(api + path)).timeout(Duration.ofSeconds(40))
        .header("Authorization", "Bearer " + accessToken.get());
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      return TokenClient.send(request.build());
    } catch (IOException e) {
      throw new AssertionError("expected an answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String json(Map<String, ?> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
