package dev.mintlog.edge.http.inspection;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.channel.handle.Handles.Reading;
import dev.mintlog.edge.proof.token.AccessToken;
import dev.mintlog.edge.proof.token.ReferenceTokenClaims;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.state.StoredAuthorizations;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Access tokens that are handles, found in the state of their authorizations. */
public final class StoredReferenceTokens implements ReferenceTokenClaims {
  private final Handles handles;
  private final StoredAuthorizations authorizations;

  public StoredReferenceTokens(Handles handles, StoredAuthorizations authorizations) {
    this.handles = handles;
    this.authorizations = authorizations;
  }

  /** Whether a text may be a handle: a JWS compact form has two dots. */
  static boolean mayBe(String text) {
    return text.length() == Handles.TEXT_CHARACTERS && text.indexOf('.') < 0;
  }

  @Override
  public void find(String tenant, String text, Instant now, Executor loop,
      Consumer<Checked<Map<String, Object>>> then) {
    token(tenant, text, now, loop,
        found -> then.accept(found.then(token -> Checked.accepted(token.claims()))));
  }

  /** As {@link #find}, with what else is known of the token. */
  void token(String tenant, String text, Instant now, Executor loop, Consumer<Checked<AccessToken>> then) {
    Checked<Reading.Valid> read = handles.read(tenant, HandleKind.ACCESS_TOKEN, text).match(
        Checked::accepted,
        invalid -> ended(),
        () -> Checked.refused(Refusal.tryAgain("expected a token under a key that is known here, but found another key")));
    read.either(handle -> look(handle, now, loop, then), refusal -> then.accept(Checked.refused(refusal)));
  }

  private void look(Reading.Valid handle, Instant now, Executor loop, Consumer<Checked<AccessToken>> then) {
    authorizations.find(handle.id()).thenAcceptAsync(lookup -> lookup.match(
        found -> then.accept(ReferencedToken.find(found.authorization(), handle.generation(), now)
            .map(Checked::accepted).orElseGet(StoredReferenceTokens::ended)),
        unknown -> then.accept(ended()),
        notReadable -> then.accept(Checked.refused(Refusal.tryAgain(notReadable.why())))), loop);
  }

  private static <T> Checked<T> ended() {
    return Checked.refused(Refusal.invalidRequest("expected an access token of this issuer that lives, but found another"));
  }
}
