package dev.mintlog.edge;

import dev.mintlog.edge.limit.ClientProofLimits;
import dev.mintlog.edge.limit.ClientRateLimits;
import dev.mintlog.edge.limit.SignInLimits;
import dev.mintlog.edge.reply.PendingReplies;
import dev.mintlog.runtime.health.Check;
import dev.mintlog.runtime.health.Health;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** When an edge is ready, and what it shows besides. Redis is a gauge: what needs it answers 503 by itself. */
record EdgeHealth(
    Supplier<Stage> stage,
    EdgeLog log,
    EdgeState state,
    PendingReplies pending,
    ClientRateLimits limits,
    ClientProofLimits clientProofs,
    SignInLimits signIns) {

  /** Where an edge is in its life. Health has a port of its own, which is open before and after that of clients. */
  enum Stage { STARTING, SERVING, STOPPING }

  Health health() {
    Map<String, Supplier<Check>> checks = new LinkedHashMap<>();
    checks.put("serving", () -> Check.of(stage.get() == Stage.SERVING,
        "expected to serve, but this edge is " + stage.get().name().toLowerCase(Locale.ROOT)));
    checks.put("registry", () -> unless(log.registry().problem()));
    checks.put("replies", () -> Check.of(log.replies().isReading(), "expected to read token-replies, but that fails"));
    checks.put("kafka", () -> unless(log.reach().problem()));
    checks.put("clock", () -> unless(log.clockFit().problem()));
    Map<String, Supplier<?>> gauges = new LinkedHashMap<>();
    gauges.put("registry-revision", () -> log.registry().current().revision());
    gauges.put("pending-replies", pending::size);
    gauges.put("rate-limited", limits::refused);
    gauges.put("client-secrets-not-looked-at", clientProofs::refused);
    gauges.put("passwords-not-looked-at", signIns::refused);
    gauges.put("timed-out", pending::timedOut);
    gauges.put("late-replies", pending::late);
    gauges.put("foreign-replies", pending::foreign);
    gauges.put("unusable-replies", log.replies()::unusable);
    gauges.put("unacknowledged-commands", log.commands()::failures);
    gauges.put("unrecorded-refusals", log.denialLog()::lost);
    gauges.put("redis-connected", state.redis()::isConnected);
    return new Health(checks, gauges);
  }

  private static Check unless(Optional<String> problem) {
    return problem.map(Check::failing).orElseGet(Check::ok);
  }
}
