package dev.mintlog.edge.http.inspection;

import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.proof.token.AccessToken;
import dev.mintlog.edge.proof.token.AccessTokenVerifier;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.registry.RegistrySnapshot;
import java.util.function.Consumer;

/** Reads the access tokens that requests show: JWTs by their signature, handles by the state of their authorizations. */
public final class ShownTokens {
  private final AccessTokenVerifier tokens;
  private final StoredReferenceTokens references;

  public ShownTokens(AccessTokenVerifier tokens, StoredReferenceTokens references) {
    this.tokens = tokens;
    this.references = references;
  }

  /**
   * What the token says, or {@code invalid_token}. Where nobody can say the request is answered here.
   *
   * @param then called at most once; before this method returns where no state has to be read
   */
  void verify(Exchange exchange, RegistrySnapshot snapshot, ShownToken shown, Consumer<Checked<AccessToken>> then) {
    if (!StoredReferenceTokens.mayBe(shown.text())) {
      then.accept(tokens.verify(snapshot, exchange.tenant(), shown.text(), exchange.arrivedAt()));
      return;
    }
    references.token(exchange.tenant(), shown.text(), exchange.arrivedAt(), exchange.loop(),
        exchange.later(found -> found.either(
            token -> then.accept(Checked.accepted(token)),
            refusal -> {
              if (refusal.status() == 503) {
                Responses.refusal(exchange, refusal);
              } else {
                then.accept(Checked.refused(AccessTokenVerifier.invalidToken(refusal.description())));
              }
            })));
  }
}
