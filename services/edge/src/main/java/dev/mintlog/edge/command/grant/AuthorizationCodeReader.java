package dev.mintlog.edge.command.grant;

import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.Handles.Reading;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.request.Syntax;
import dev.mintlog.schema.RedeemCode;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * RFC 6749 §4.1.3, RFC 7636 §4.5 and RFC 9396 §6: {@code code}, {@code redirect_uri}, {@code code_verifier}, {@code
 * authorization_details}.
 */
final class AuthorizationCodeReader implements GrantReader {
  private final RedeemedHandle codes;
  private final NarrowedDetails details;

  AuthorizationCodeReader(RedeemedHandle codes, NarrowedDetails details) {
    this.codes = codes;
    this.details = details;
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
  public boolean narrowsDetails() {
    return true;
  }

  @Override
  public void read(GrantRequest request, Consumer<GrantReading> then) {
    then.accept(GrantReading.of(codes.read(request, type(), HandleKind.CODE, this::redeem)));
  }

  private Checked<GrantCommand> redeem(Reading.Valid code, Form form, Optional<FurtherClaims> asked) {
    Optional<String> verifier = form.find("code_verifier");
    // RFC 7636 §4.1: "code-verifier = 43*128unreserved". No challenge can be of another text, so the comparison of
    // §4.6 has failed already.
    if (verifier.isPresent() && !Syntax.isCodeVerifier(verifier.get())) {
      return Checked.refused(Refusal.invalidGrant(
          "expected a code_verifier of 43 to 128 unreserved characters, but found another text"));
    }
    return Checked.accepted(command(code, form, verifier.map(CodeVerifier::s256), asked));
  }

  private GrantCommand command(Reading.Valid code, Form form, Optional<String> verifierDigest,
      Optional<FurtherClaims> asked) {
    String redirectUri = form.find("redirect_uri").orElse(null);
    String scope = form.find("scope").orElse(null);
    return new GrantCommand(Optional.of(code.id()), Optional.of(code.secret()), header ->
        new RedeemCode(header, code.id().value(), redirectUri, verifierDigest.orElse(null), scope,
            details.sealed(code.id(), header, asked)));
  }
}
