package dev.mintlog.edge.http.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Pending;
import dev.mintlog.authorization.BackchannelRequest;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.authorization.PollClock;
import dev.mintlog.authorization.PolledRequest;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.client.Scopes;
import dev.mintlog.edge.TestTokens;
import dev.mintlog.edge.http.InMemoryCommandLog;
import dev.mintlog.edge.http.ServedEdge;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.schema.ApproveBackchannelAuthentication;
import dev.mintlog.schema.RefuseBackchannelAuthentication;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the login application reads and decides of a backchannel authentication. */
class LoginBackchannelTest {
  private static final String PATH = "/login/backchannel-authentications/";

  @AutoClose
  private final ServedEdge edge = new ServedEdge();
  private Authorization waiting;
  private String path;

  @BeforeEach
  void ask() throws Exception {
    Instant now = Instant.now();
    PolledRequest request = PolledRequest.ofBackchannel("bank", Scopes.of("openid", "api.read"), now.plusSeconds(300),
        new BackchannelRequest("s-dora", Optional.of("W4SCT"), List.of("urn:mfa"), Optional.empty()));
    Applied applied = new Applied(new CommandId("A".repeat(22)), new LogPosition("topic", 0, 0),
        new Answer.RequestCreated(OptionalInt.empty(), Duration.ofMinutes(5), Duration.ofSeconds(5)));
    waiting = Authorization.born(HandleSecret.random(new SecureRandom()).authorizationId("default"),
        new Pending(request, PollClock.notYetPolled(Duration.ofSeconds(5))), applied, now, now.plusSeconds(900));
    path = PATH + waiting.id().value();
    edge.states.put(waiting);
  }

  @Test
  void shouldShowWhoAsksWhomForWhat() throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonObject json = new JsonObject(response.body());
    assertThat(json.getString("client_id")).isEqualTo("bank");
    assertThat(json.getString("client_name")).isEqualTo("The Bank");
    assertThat(json.getString("subject")).isEqualTo("s-dora");
    assertThat(json.getString("status")).isEqualTo("pending");
    assertThat(json.getString("scope")).isEqualTo("api.read openid");
    assertThat(json.getString("binding_message")).isEqualTo("W4SCT");
    assertThat(json.getString("acr_values")).isEqualTo("urn:mfa");
    assertThat(json.getInteger("expires_in")).isBetween(280, 300);
  }

  @Test
  void shouldSendAnApproval() throws Exception {
    CompletableFuture<HttpResponse<String>> response = post(path + "/approval", "{\"subject\":\"s-dora\"}");
    InMemoryCommandLog.Appended command = edge.answerNext(new Reply.Done());

    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(command.key()).isEqualTo(waiting.id().key());
    assertThat(command.as(ApproveBackchannelAuthentication.class).getSubject()).isEqualTo("s-dora");
  }

  @Test
  void shouldSendARefusal() throws Exception {
    CompletableFuture<HttpResponse<String>> response = post(path + "/refusal", "");
    InMemoryCommandLog.Appended command = edge.answerNext(new Reply.Done());

    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(command.as(RefuseBackchannelAuthentication.class).getAuthorizationId()).isEqualTo(waiting.id().value());
  }

  @Test
  void shouldAnswer404WhenThereIsNoSuchRequest() throws Exception {
    assertThat(get(PATH + "B".repeat(22)).statusCode()).isEqualTo(404);
    assertThat(get(PATH + "nonsense").statusCode()).isEqualTo(404);
    assertThat(get(PATH).statusCode()).isEqualTo(404);
    assertThat(get(path + "/else").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldAnswer503WhereTheStateCannotBeJudged() throws Exception {
    edge.states.unmark(edge.states.partitionOf(waiting));
    assertThat(get(path).statusCode()).isEqualTo(503);

    edge.states.vanish();
    assertThat(get(path).statusCode()).isEqualTo(503);
  }

  @Test
  void shouldLetNobodyInWithoutAToken() throws Exception {
    assertThat(edge.now(HttpRequest.newBuilder(edge.loginUrl(path))).statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> get(String at) throws Exception {
    return edge.now(HttpRequest.newBuilder(edge.loginUrl(at)).header("Authorization", "Bearer " + TestTokens.login()));
  }

  private CompletableFuture<HttpResponse<String>> post(String at, String body) {
    return edge.send(HttpRequest.newBuilder(edge.loginUrl(at)).header("Authorization", "Bearer " + TestTokens.login())
        .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
  }
}
