package dev.mintlog.grant;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.command.Command.RevokeAuthorization;
import java.util.Optional;

/** RFC 7009 §2.1 on the whole authorization: all that was born of one consent ends together. */
final class Revocation {
  private Revocation() {}

  static Decision decide(Optional<Authorization> loaded, RevokeAuthorization command) {
    // RFC 7009 §2.2: "invalid tokens do not cause an error response", and neither does another client's.
    if (loaded.isEmpty() || !loaded.get().state().clientId().equals(command.clientId())) {
      return Decision.unchanged(new Answer.Done());
    }
    Authorization state = loaded.get();
    Optional<Revoked> revoked = revoked(state.state());
    if (revoked.isEmpty()) {
      return Decision.unchanged(new Answer.Done());
    }
    Applied applied =
        new Applied(command.delivery().commandId(), command.delivery().position(), new Answer.Done());
    return Decision.taking(state, state.next(revoked.get(), applied, state.keptUntil()));
  }

  private static Optional<Revoked> revoked(AuthorizationState state) {
    return state.match(
        code -> Optional.of(code.burn(RevocationReason.REQUESTED)),
        pending -> Optional.of(pending.revoke(RevocationReason.REQUESTED)),
        approved -> Optional.of(approved.revoke(RevocationReason.REQUESTED)),
        refused -> Optional.empty(),
        active -> Optional.of(active.revoke(RevocationReason.REQUESTED)),
        already -> Optional.empty());
  }
}
