package dev.mintlog.edge.http.token;

import static dev.mintlog.edge.http.ServedEdge.basic;
import static dev.mintlog.edge.http.ServedEdge.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.http.InMemoryCommandLog;
import dev.mintlog.edge.http.ServedEdge;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.reply.Unanswered;
import dev.mintlog.extension.ExtensionGrant;
import dev.mintlog.extension.ExtensionRequest;
import dev.mintlog.extension.Verdict;
import dev.mintlog.extension.VerifiedUser;
import dev.mintlog.runtime.lifecycle.StartException;
import dev.mintlog.schema.RequestExtensionToken;
import dev.mintlog.schema.TokenDenied;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** RFC 6749 §4.5 at the edge; the test plays the extension and the processor. */
class ExtensionGrantTest {
  private static final String TOKEN = "/connect/token";
  private static final String TICKET = "urn:example:grant-type:ticket";

  /** Says what it is told to; remembers what it was asked. */
  private static final class Desk implements ExtensionGrant {
    private final String type;
    private final Set<String> parameters;
    private volatile Verdict verdict = Verdict.forUser(VerifiedUser.of("alice"));
    private volatile Exception failure;
    private volatile CountDownLatch waitFor = new CountDownLatch(0);
    private volatile ExtensionRequest asked;

    Desk(String type, String... parameters) {
      this.type = type;
      this.parameters = Set.of(parameters);
    }

    @Override
    public GrantType type() {
      return new GrantType(type);
    }

    @Override
    public Set<String> parameters() {
      return parameters;
    }

    @Override
    public Verdict judge(ExtensionRequest request) throws Exception {
      asked = request;
      waitFor.await();
      if (failure != null) {
        throw failure;
      }
      return verdict;
    }
  }

  private final Desk desk = new Desk(TICKET, "ticket");
  @AutoClose
  private final ServedEdge edge = new ServedEdge(desk);

  private CompletableFuture<HttpResponse<String>> ask(String client, String ticket) {
    return edge.postForm(TOKEN, form("grant_type", TICKET, "ticket", ticket, "secret_of_another", "x"),
        basic(client, TestRegistry.SECRET));
  }

  private static JsonObject json(CompletableFuture<HttpResponse<String>> response) throws Exception {
    return new JsonObject(response.get(10, TimeUnit.SECONDS).body());
  }

  private List<TokenDenied> denied() {
    edge.denials.flush();
    return edge.denied;
  }

  @Test
  void shouldSendForWhomTheExtensionVouchesAndNothingOfTheCredential() throws Exception {
    // Given
    desk.verdict = Verdict.forUser(VerifiedUser.of("alice").withAmr("user").withAcr("urn:acr"));

    // When
    CompletableFuture<HttpResponse<String>> response = ask("desk", "ticket-of-alice");
    InMemoryCommandLog.Appended command = edge.answerNext(
        new Reply.Granted("a.b.c", Optional.empty(), 60, "api.read offline_access", OptionalInt.of(1)));

    // Then
    RequestExtensionToken sent = command.as(RequestExtensionToken.class);
    assertThat(sent.getGrantType()).isEqualTo(TICKET);
    assertThat(sent.getJudged()).isTrue();
    assertThat(sent.getSubject()).isEqualTo("alice");
    assertThat(sent.getAmr()).containsExactly("user");
    assertThat(sent.getAcr()).isEqualTo("urn:acr");
    assertThat(command.key()).isEqualTo("default/" + sent.getAuthorizationId());
    assertThat(sent.toString()).doesNotContain("ticket-of-alice");
    String born = edge.handles.read("default", HandleKind.REFRESH_TOKEN, json(response).getString("refresh_token"))
        .match(valid -> valid.id().value(), invalid -> invalid.why(), () -> "unknown key");
    assertThat(born).isEqualTo(sent.getAuthorizationId());
  }

  @Test
  void shouldShowTheExtensionItsOwnParametersOnly() throws Exception {
    ask("desk", "t");
    edge.log.next();

    assertThat(desk.asked.parameters()).containsOnlyKeys("ticket");
    assertThat(desk.asked.client().id()).isEqualTo("desk");
    assertThat(desk.asked.tenant().name()).isEqualTo("default");
    assertThat(desk.asked.scope()).isEmpty();
  }

  @Test
  void shouldSendACommandWithoutAuthorizationForTheClientItself() throws Exception {
    desk.verdict = Verdict.forClient();

    ask("desk", "t");

    RequestExtensionToken sent = edge.log.next().as(RequestExtensionToken.class);
    assertThat(sent.getSubject()).isNull();
    assertThat(sent.getAuthorizationId()).isNull();
    assertThat(sent.getJudged()).isTrue();
  }

  @Test
  void shouldAnswerAndAuditARefusal() throws Exception {
    desk.verdict = Verdict.invalidGrant("expected a ticket of today, but found one of yesterday");

    JsonObject answer = json(ask("desk", "ticket-of-alice"));

    assertThat(answer).isEqualTo(new JsonObject().put("error", "invalid_grant")
        .put("error_description", "expected a ticket of today, but found one of yesterday"));
    assertThat(denied()).singleElement().satisfies(event -> {
      assertThat(event.getGrantType()).isEqualTo(TICKET);
      assertThat(event.getError()).isEqualTo("invalid_grant");
      assertThat(event.getHeader().getClientId()).isEqualTo("desk");
    });
    assertThat(edge.log.isEmpty()).isTrue();
  }

  @Test
  void shouldNotRepeatACredentialThatADescriptionRepeats() throws Exception {
    desk.verdict = Verdict.invalidGrant("unknown ticket ticket-of-alice");

    assertThat(json(ask("desk", "ticket-of-alice")).getString("error_description")).doesNotContain("ticket-of-alice");
    assertThat(denied().toString()).doesNotContain("ticket-of-alice");
  }

  @Test
  void shouldNotAskForAClientThatMayNotUseTheGrantType() throws Exception {
    ask("app", "ticket-of-alice");

    assertThat(edge.log.next().as(RequestExtensionToken.class).getJudged()).as("it is refused where all are").isFalse();
    assertThat(desk.asked).isNull();
  }

  @Test
  void shouldAnswer503WhereTheExtensionFailsOrSaysNothingOrSaysNonsense() throws Exception {
    desk.failure = new IllegalStateException("ticket-of-alice");
    assertNotNow(ask("desk", "ticket-of-alice"));

    desk.failure = null;
    desk.verdict = null;
    assertNotNow(ask("desk", "t"));

    desk.verdict = Verdict.forUser(VerifiedUser.of("alice").withClaims(ClaimValues.NONE.withJson("tier", "{")));
    assertNotNow(ask("desk", "t"));
    assertThat(edge.log.isEmpty()).isTrue();
  }

  @Test
  void shouldAnswer503WhereTheExtensionTakesTooLongAndAtOnceWhereThereIsNoRoom() throws Exception {
    desk.waitFor = new CountDownLatch(1);
    List<CompletableFuture<HttpResponse<String>>> three = List.of(ask("desk", "1"), ask("desk", "2"), ask("desk", "3"));

    for (CompletableFuture<HttpResponse<String>> response : three) {
      assertNotNow(response);
    }
    assertThat(denied()).as("nothing was judged").isEmpty();
  }

  @Test
  void shouldSayToStartAgainWhereNobodyKnowsWhatBecameOfTheCommand() throws Exception {
    CompletableFuture<HttpResponse<String>> response = ask("desk", "t");

    edge.log.next().failed().accept(Unanswered.MAYBE_APPENDED);

    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    assertThat(response.get().headers().firstValue("Retry-After")).as("a ticket may be good for one use").isEmpty();
  }

  @Test
  void shouldNotStartWithAnExtensionThatCannotBeServed() {
    assertThatThrownBy(() -> new ServedEdge(new Desk("ticket"))).isInstanceOf(StartException.class)
        .hasMessageContaining("absolute URI");
    assertThatThrownBy(() -> new ServedEdge(new Desk(TICKET, "client_secret"))).isInstanceOf(StartException.class)
        .hasMessageContaining("client_secret");
    assertThatThrownBy(() -> new ServedEdge(new Desk(TICKET), new Desk(TICKET))).isInstanceOf(StartException.class)
        .hasMessageContaining("served twice");
    assertThatThrownBy(() -> new ServedEdge(new Desk(GrantType.DEVICE_CODE.value())))
        .isInstanceOf(StartException.class).hasMessageContaining("served twice");
  }

  private static void assertNotNow(CompletableFuture<HttpResponse<String>> response) throws Exception {
    assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    assertThat(json(response).getString("error")).isEqualTo("temporarily_unavailable");
    assertThat(response.get().headers().firstValue("Retry-After")).contains("1");
  }
}
