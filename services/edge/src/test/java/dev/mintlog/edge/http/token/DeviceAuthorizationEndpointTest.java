package dev.mintlog.edge.http.token;

import static dev.mintlog.edge.http.ServedEdge.form;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.edge.http.InMemoryCommandLog;
import dev.mintlog.edge.http.ServedEdge;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.schema.CreateDeviceAuthorization;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DeviceAuthorizationEndpointTest {
  private static final String PATH = "/connect/deviceauthorization";

  @AutoClose
  private final ServedEdge edge = new ServedEdge();

  @Test
  void shouldAnswerWithTheUserCodeThatWasFree() throws Exception {
    // When
    CompletableFuture<HttpResponse<String>> response =
        edge.postForm(PATH, form("client_id", "tv", "scope", "api.read openid"));
    InMemoryCommandLog.Appended command = edge.answerNext(new Reply.RequestCreated(OptionalInt.of(2), 300, 5));

    // Then
    CreateDeviceAuthorization create = command.as(CreateDeviceAuthorization.class);
    JsonObject json = new JsonObject(response.get(10, TimeUnit.SECONDS).body());
    assertThat(response.get().statusCode()).isEqualTo(200);
    String userCode = json.getString("user_code");
    assertThat(userCode).matches("[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}");
    assertThat(edge.userCodes.digests("default", userCode).get(0)).isEqualTo(create.getUserCodeDigests().get(2));
    assertThat(json.getInteger("expires_in")).isEqualTo(300);
    assertThat(json.getInteger("interval")).isEqualTo(5);
    assertThat(json.getString("verification_uri")).isEqualTo("https://login.example/device");
    assertThat(json.getString("verification_uri_complete"))
        .isEqualTo("https://login.example/device?user_code=" + userCode);
    assertThat(json.getString("message")).contains(userCode);
    assertThat(create.getScope()).isEqualTo("api.read openid");
    assertThat(create.getUserCodeDigests()).doesNotHaveDuplicates().hasSizeGreaterThan(1);
    assertThat(command.command().toString()).doesNotContain(userCode).doesNotContain(json.getString("device_code"));
    assertThat(edge.handles.read("default", HandleKind.DEVICE_CODE, json.getString("device_code")))
        .isInstanceOfSatisfying(Handles.Reading.Valid.class,
            valid -> assertThat(valid.id().key()).isEqualTo(command.key()));
  }

  @Test
  void shouldServeGetForClientsThatSendIt() throws Exception {
    CompletableFuture<HttpResponse<String>> response =
        edge.send(HttpRequest.newBuilder(edge.url(PATH + "?client_id=tv&scope=api.read+openid")));

    InMemoryCommandLog.Appended command = edge.answerNext(new Reply.RequestCreated(OptionalInt.of(0), 300, 5));

    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(command.as(CreateDeviceAuthorization.class).getScope()).isEqualTo("api.read openid");
  }

  @Test
  void shouldRefuseASecretInTheUrl() throws Exception {
    assertError(edge.now(HttpRequest.newBuilder(edge.url(PATH + "?client_id=app&client_secret=x"))), 400,
        "invalid_request");
  }

  @Test
  void shouldServeAPostWithoutContentType() throws Exception {
    CompletableFuture<HttpResponse<String>> response = edge.send(
        HttpRequest.newBuilder(edge.url(PATH)).POST(BodyPublishers.ofString("client_id=tv")));

    edge.answerNext(new Reply.RequestCreated(OptionalInt.of(0), 300, 5));

    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldRefuseOtherContentTypes() throws Exception {
    assertError(edge.now(HttpRequest.newBuilder(edge.url(PATH)).header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{}"))), 400, "invalid_request");
  }

  @Test
  void shouldRefuseAnUnknownClient() throws Exception {
    assertError(edge.postFormNow(PATH, "client_id=nobody"), 400, "invalid_client");
  }

  @Test
  void shouldAnswerWhatWasDecided() throws Exception {
    CompletableFuture<HttpResponse<String>> response = edge.postForm(PATH, "client_id=tv&scope=nope");

    edge.answerNext(new Reply.Denied("invalid_scope", "expected allowed scopes"));

    assertError(response.get(10, TimeUnit.SECONDS), 400, "invalid_scope");
  }

  @Test
  void shouldRefuseOtherMethods() throws Exception {
    HttpResponse<String> response = edge.now(HttpRequest.newBuilder(edge.url(PATH)).DELETE());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, POST");
  }

  private static void assertError(HttpResponse<String> response, int status, String error) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(new JsonObject(response.body()).getString("error")).isEqualTo(error);
  }
}
