package dev.mintlog.edge.http.inspection;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.edge.http.inspection.PresentedToken.Access;
import dev.mintlog.edge.http.inspection.PresentedToken.Reference;
import dev.mintlog.edge.http.inspection.PresentedToken.Refresh;
import dev.mintlog.edge.http.inspection.PresentedToken.Unknown;
import dev.mintlog.edge.proof.token.AccessTokenVerifier;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import java.time.Instant;

/**
 * Reads the {@code token} of a request. A {@code token_type_hint} is not looked at: the text itself shows what it is.
 */
public final class PresentedTokens {
  private final Handles handles;
  private final AccessTokenVerifier accessTokens;

  public PresentedTokens(Handles handles, AccessTokenVerifier accessTokens) {
    this.handles = handles;
    this.accessTokens = accessTokens;
  }

  /**
   * What was presented.
   *
   * @return refused where {@code token} is missing, and with 503 where it may be a handle under a key that other edges
   *     were given first
   */
  public Checked<PresentedToken> read(RegistrySnapshot registry, String tenant, Form form, Instant now) {
    return form.require("token").then(text -> {
      // A handle is base64url and has no dot; a JWS compact form has two.
      if (text.indexOf('.') >= 0) {
        return accessTokens.verify(registry, tenant, text, now).match(
            token -> Checked.accepted(new Access(token)),
            none -> Checked.accepted(new Unknown()));
      }
      return handles.read(tenant, HandleKind.REFRESH_TOKEN, text).match(
          handle -> Checked.accepted(new Refresh(handle.id(), handle.generation())),
          none -> Checked.accepted(reference(tenant, text)),
          () -> Checked.refused(Refusal.tryAgain(
              "expected a token under a key that is known here, but found another key")));
    });
  }

  private PresentedToken reference(String tenant, String text) {
    return handles.read(tenant, HandleKind.ACCESS_TOKEN, text).match(
        handle -> new Reference(handle.id(), handle.generation()), none -> new Unknown(), Unknown::new);
  }
}
