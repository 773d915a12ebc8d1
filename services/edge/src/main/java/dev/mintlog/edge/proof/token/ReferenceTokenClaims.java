package dev.mintlog.edge.proof.token;

import dev.mintlog.edge.request.Checked;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Port: finds out what an access token that is a handle says, from the state of its authorization. */
@FunctionalInterface
public interface ReferenceTokenClaims {

  /**
   * Looks a text up.
   *
   * @param loop the event loop that this is called on
   * @param then called once, on the loop: the claims that a JWT in its place would have; refused with
   *     {@code invalid_request} where the text is no such handle or the token has ended, with 503 where nobody knows now
   */
  void find(String tenant, String text, Instant now, Executor loop, Consumer<Checked<Map<String, Object>>> then);
}
