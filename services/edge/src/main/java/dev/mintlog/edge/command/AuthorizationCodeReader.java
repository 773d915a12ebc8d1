package dev.mintlog.edge.command;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.Handles.Reading;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.request.Syntax;
import dev.mintlog.schema.RedeemCode;
import java.util.Optional;

/** RFC 6749 §4.1.3 and RFC 7636 §4.5: {@code code}, {@code redirect_uri}, {@code code_verifier}. */
final class AuthorizationCodeReader implements FormGrantReader {
  private final PresentedHandle codes;

  AuthorizationCodeReader(PresentedHandle codes) {
    this.codes = codes;
  }

  @Override
  public GrantType type() {
    return GrantType.AUTHORIZATION_CODE;
  }

  @Override
  public boolean isForOneUse() {
    return true;
  }

  @Override
  public Checked<GrantCommand> read(String tenant, Form form) {
    return codes.read(tenant, form, HandleKind.CODE, "code").then(code -> {
      Optional<String> verifier = form.find("code_verifier");
      // RFC 7636 §4.1: "code-verifier = 43*128unreserved". No challenge can be of another text, so the comparison of
      // §4.6 has failed already.
      if (verifier.isPresent() && !Syntax.isCodeVerifier(verifier.get())) {
        return Checked.refused(Refusal.invalidGrant(
            "expected a code_verifier of 43 to 128 unreserved characters, but found another text"));
      }
      return Checked.accepted(command(code, form, verifier.map(CodeVerifier::s256)));
    });
  }

  private static GrantCommand command(Reading.Valid code, Form form, Optional<String> verifierDigest) {
    String redirectUri = form.find("redirect_uri").orElse(null);
    String scope = form.find("scope").orElse(null);
    return new GrantCommand(Optional.of(code.id()), Optional.of(code.secret()), header ->
        new RedeemCode(header, code.id().value(), redirectUri, verifierDigest.orElse(null), scope));
  }
}
