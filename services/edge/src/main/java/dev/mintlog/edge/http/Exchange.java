package dev.mintlog.edge.http;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Confirmation;
import dev.mintlog.edge.command.Origin;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.reply.ReplyListener;
import dev.mintlog.edge.reply.Unanswered;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.proof.ProofClaim;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way through an endpoint, and its response. Confined to its event loop. */
public final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final HttpServerRequest request;
  private final String tenant;
  private final Instant arrivedAt;
  private final Executor loop;
  private final BooleanSupplier closing;
  private final NamedProxies proxies;
  private final List<ProofClaim> proofs = new ArrayList<>(0);
  private Optional<Confirmation> confirmation = Optional.empty();
  private Optional<String> clientAssertionIssuer = Optional.empty();
  private Optional<String> commandId = Optional.empty();
  private Consumer<Refusal> refusing = refusal -> Responses.refusal(this, refusal);

  /**
   * @param tenant whose path was asked for
   * @param arrivedAt by this machine's clock, in whole milliseconds as they travel
   * @param loop the event loop this lives on
   * @param closing whether the server takes no further requests
   * @param proxies whose word counts for where a request comes from
   */
  public Exchange(HttpServerRequest request, String tenant, Instant arrivedAt, Executor loop, BooleanSupplier closing,
      NamedProxies proxies) {
    this.request = request;
    this.tenant = tenant;
    this.arrivedAt = arrivedAt;
    this.loop = loop;
    this.closing = closing;
    this.proxies = proxies;
  }

  public HttpServerRequest request() {
    return request;
  }

  public HttpServerResponse response() {
    return request.response();
  }

  public String tenant() {
    return tenant;
  }

  public Instant arrivedAt() {
    return arrivedAt;
  }

  /**
   * Where the request came from: an IP address, in digits; empty where the connection is gone. Behind named proxies it
   * is the address that the first of them saw.
   */
  public String address() {
    return proxies.client(peerAddress(), request.headers());
  }

  /** The other end of the connection, perhaps a proxy: an IP address, in digits; empty where the connection is gone. */
  String peerAddress() {
    SocketAddress remote = request.remoteAddress();
    String address = remote == null ? null : remote.hostAddress();
    return address == null ? "" : address;
  }

  public Executor loop() {
    return loop;
  }

  /** The Authorization header. */
  public Optional<String> authorization() {
    return Optional.ofNullable(request.headers().get(HttpHeaders.AUTHORIZATION));
  }

  /** Proofs of the request that its command is to spend: what verified them calls this before the command is sent. */
  public void spend(List<ProofClaim> claims) {
    proofs.addAll(claims);
  }

  /** Whether there is anything to spend. */
  public boolean hasProofs() {
    return !proofs.isEmpty();
  }

  /** The key that what the request asks for is to be bound to; called before the command is sent. */
  public void bind(Confirmation key) {
    confirmation = Optional.of(key);
  }

  public Optional<Confirmation> confirmation() {
    return confirmation;
  }

  /** Somebody else vouched for the client; called before the command is sent. */
  public void vouchedForBy(String issuer) {
    clientAssertionIssuer = Optional.of(issuer);
  }

  /** Where the request's command comes from, with all that it spends. */
  public Origin origin(String clientId, long revision) {
    return new Origin(tenant, clientId, revision, arrivedAt, List.copyOf(proofs), confirmation,
        clientAssertionIssuer);
  }

  /** How the endpoint, once it is found, writes what no step of its own refused. */
  public void refuseBy(Consumer<Refusal> writer) {
    refusing = writer;
  }

  /** The request's command was sent. */
  public void sent(String id) {
    commandId = Optional.of(id);
  }

  /** A GUID that names this request to whoever reads its answer: its command's id, where one was sent. */
  String traceId() {
    return commandId.map(Exchange::guid).orElseGet(() -> UUID.randomUUID().toString());
  }

  private static String guid(String commandId) {
    ByteBuffer id = ByteBuffer.wrap(Base64.getUrlDecoder().decode(commandId));
    return new UUID(id.getLong(), id.getLong()).toString();
  }

  /** Whether a header that may stand once stands twice. */
  public boolean repeatsAuthorization() {
    List<String> all = request.headers().getAll(HttpHeaders.AUTHORIZATION);
    return all.size() > 1;
  }

  /** Whether the client is to be told that no further request is taken on its connection. */
  boolean isLastOfConnection() {
    return closing.getAsBoolean();
  }

  /** Whether nobody is there any more to answer to, or an answer was given. */
  public boolean isOver() {
    HttpServerResponse response = request.response();
    return response.ended() || response.closed();
  }

  /**
   * Takes a step. The one place where a bug becomes {@code server_error}: whatever is thrown ends this request and no
   * other.
   */
  public void step(Runnable step) {
    try {
      step.run();
    } catch (Exception | StackOverflowError e) {
      // The stack is whole again here; what overflowed it was this request's, such as what it nests.
      // Not the path in the log: it may hold a user_code.
      LOG.error("a request could not be handled", e);
      refusing.accept(Refusal.of(TokenError.SERVER_ERROR, "this is a fault of the server"));
    }
  }

  /** A step to be taken later, when its input is there. */
  public <T> Consumer<T> later(Consumer<T> step) {
    return input -> step(() -> step.accept(input));
  }

  /** What to do when a command is answered, and when it is not; both as steps of this exchange. */
  public ReplyListener listener(Consumer<Reply> answered, Consumer<Unanswered> unanswered) {
    return new ReplyListener() {
      @Override
      public void answered(Reply reply) {
        step(() -> answered.accept(reply));
      }

      @Override
      public void unanswered(Unanswered why) {
        step(() -> unanswered.accept(why));
      }
    };
  }
}
