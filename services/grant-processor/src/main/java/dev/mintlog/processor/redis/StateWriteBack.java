package dev.mintlog.processor.redis;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.PolledRequest;
import dev.mintlog.channel.state.RedisKeys;
import dev.mintlog.channel.state.UserCodePointer;
import io.lettuce.core.protocol.AsyncCommand;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** How states are written back: each unless the same or a newer version is there, with its user_code's pointer. */
final class StateWriteBack {
  private final RedisForms forms;
  private final InstantSource clock;

  StateWriteBack(RedisForms forms, InstantSource clock) {
    this.forms = forms;
    this.clock = clock;
  }

  List<AsyncCommand<byte[], byte[], ?>> commands(List<Authorization> states) {
    Instant now = clock.instant();
    List<AsyncCommand<byte[], byte[], ?>> commands = new ArrayList<>(states.size());
    for (Authorization state : states) {
      if (state.keptUntil().isAfter(now)) {
        commands.add(RedisCommands.run(Script.RESTORE, RedisKeys.state(state.id()), forms.states().value(state),
            RedisCommands.decimal(state.keptUntil().toEpochMilli())));
        state.state().polledRequest().filter(request -> !request.isExpired(now)).ifPresent(request ->
            request.userCodeDigest().ifPresent(digest -> commands.add(pointer(state, request, digest))));
      }
    }
    return commands;
  }

  private AsyncCommand<byte[], byte[], byte[]> pointer(Authorization state, PolledRequest request, String digest) {
    byte[] pointer = forms.pointers().value(digest, new UserCodePointer(state.id(), request.clientId()));
    return RedisCommands.setIfAbsent(
        RedisKeys.userCode(state.id().tenant(), digest), pointer, request.expiresAt().toEpochMilli());
  }
}
