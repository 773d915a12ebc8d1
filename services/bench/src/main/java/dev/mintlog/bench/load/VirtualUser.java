package dev.mintlog.bench.load;

import dev.mintlog.bench.script.AnswerBuffer;
import dev.mintlog.bench.script.Capture;
import dev.mintlog.bench.script.Request;
import dev.mintlog.bench.script.Script;
import dev.mintlog.bench.script.Step;
import dev.mintlog.bench.script.Values;
import java.nio.channels.Selector;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One closed loop: walks its script, one request in flight, over one connection to each address the script names. */
final class VirtualUser implements Connection.Owner {

  private final Map<Object, Connection> connections = new LinkedHashMap<>();
  private final Values values = new Values();
  private final Stride[] strides;
  private final int roundAt;
  private int at;

  /** A step, with what this user takes it by. */
  private record Stride(Step step, Connection connection, Request.Outgoing outgoing) {
  }

  VirtualUser(Script script, Selector selector) {
    List<Step> steps = script.steps();
    strides = new Stride[steps.size()];
    for (int i = 0; i < strides.length; i++) {
      Step step = steps.get(i);
      Connection connection = connections.computeIfAbsent(step.target().address(),
          address -> new Connection(step.target(), selector, this));
      strides[i] = new Stride(step, connection, step.request().newOutgoing());
    }
    roundAt = script.opening().size();
  }

  /** Sends the first request. */
  void begin(Tally tally) {
    at = 0;
    send(tally);
  }

  Collection<Connection> connections() {
    return connections.values();
  }

  @Override
  public void answered(AnswerBuffer answer, long latencyNanos, Tally tally) {
    Step step = strides[at].step;
    if (answer.status() != 200) {
      tally.refused(step, answer);
      at = 0;
    } else if (isComplete(step, answer, tally)) {
      tally.succeeded(step, answer, latencyNanos);
      at = at + 1 < strides.length ? at + 1 : roundAt;
    } else {
      at = 0;
    }
    send(tally);
  }

  @Override
  public void failed(String error, Tally tally) {
    tally.failed(strides[at].step.label(error));
    begin(tally);
  }

  private boolean isComplete(Step step, AnswerBuffer answer, Tally tally) {
    if (step.countsAsToken() && !answer.isToken()) {
      tally.failed("200 without access_token");
      return false;
    }
    for (Capture capture : step.captures()) {
      Optional<String> found = answer.find(capture);
      if (found.isEmpty()) {
        tally.failed(step.label("200 without " + capture.member()));
        return false;
      }
      values.put(capture.as(), found.get());
    }
    return true;
  }

  private void send(Tally tally) {
    Stride stride = strides[at];
    stride.step.before().accept(values);
    stride.connection.send(stride.outgoing.next(values), tally);
  }
}
