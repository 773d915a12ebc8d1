package dev.mintlog.processor.command.form;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.channel.log.SealedClaims;
import dev.mintlog.channel.log.SealedText;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.state.ConfirmationCodec;
import dev.mintlog.client.AuthorizationDetail;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.command.TokenStyle;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.proof.ProofKind;
import dev.mintlog.registry.document.text.AuthorizationDetailsText;
import dev.mintlog.registry.document.text.ClaimsText;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.SpentProof;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What every form reads with: the header, the place in the log, and the way to open what travelled sealed. */
final class ReceivedCommand {
  private final CommandHeader header;
  private final LogPosition position;
  private final Instant appendedAt;
  private final Opener opener;

  /** @param opener of direction COMMAND */
  ReceivedCommand(CommandHeader header, LogPosition position, Instant appendedAt, Opener opener) {
    this.header = header;
    this.position = position;
    this.appendedAt = appendedAt;
    this.opener = opener;
  }

  String tenant() {
    return header.getTenant();
  }

  String clientId() {
    return header.getClientId();
  }

  Delivery delivery() {
    return new Delivery(new CommandId(header.getCommandId()), position, header.getRequestedAt(), appendedAt,
        header.getDeadline(), header.getRevision(), header.getProofs().stream().map(ReceivedCommand::claim).toList(),
        ConfirmationCodec.ofWire(header.getConfirmation()), Optional.ofNullable(header.getClientAssertionIssuer()));
  }

  private static ProofClaim claim(SpentProof proof) {
    ProofKind kind = ProofKind.ofWireName(proof.getKind()).orElseThrow(
        () -> new IllegalArgumentException("expected a kind of proof that is known here"));
    return new ProofClaim(kind, proof.getDigest(), proof.getIssuedAt(), proof.getKeepUntil());
  }

  AuthorizationId id(String value) {
    return new AuthorizationId(header.getTenant(), value);
  }

  /** @param scope null where none was asked for */
  Command tokenRequest(Grant grant, String scope) {
    return tokenRequest(grant, scope, Optional.empty());
  }

  /**
   * @param scope null where none was asked for
   * @param details the part of what was granted in detail that is asked for
   */
  Command tokenRequest(Grant grant, String scope, Optional<List<AuthorizationDetail>> details) {
    return new Command.TokenRequest(delivery(), header.getTenant(), header.getClientId(), grant, scopes(scope),
        resources(), Optional.ofNullable(header.getNewAuthorizationId()).map(this::id), style(), details);
  }

  // Of a newer edge, perhaps; tokens without claims that were asked for would be wrong.
  private TokenStyle style() {
    return TokenStyle.ofWireName(header.getTokenStyle()).orElseThrow(
        () -> new IllegalArgumentException("expected a style of tokens that is known here"));
  }

  /** API resources that the request names, RFC 8707. */
  List<String> resources() {
    return List.copyOf(header.getResources());
  }

  /** @param sealed null where there is none */
  Optional<String> text(AuthorizationId id, ByteBuffer sealed) throws NoCommandException {
    if (sealed == null) {
      return Optional.empty();
    }
    Optional<String> text = SealedText.open(opener, id, new CommandId(header.getCommandId()), sealed);
    if (text.isEmpty()) {
      throw new NoCommandException("expected a text sealed for this command under a secret accepted here");
    }
    return text;
  }

  /** @param sealed null where there are none */
  Optional<FurtherClaims> claims(AuthorizationId id, ByteBuffer sealed) throws NoCommandException {
    if (sealed == null) {
      return Optional.empty();
    }
    Optional<FurtherClaims> claims = SealedClaims.open(opener, id, new CommandId(header.getCommandId()), sealed);
    if (claims.isEmpty()) {
      throw new NoCommandException("expected claims sealed for this command under a secret accepted here");
    }
    return claims;
  }

  /** @param sealed null where there are none */
  ClaimValues userClaims(AuthorizationId id, ByteBuffer sealed) throws NoCommandException {
    return claims(id, sealed).map(FurtherClaims::json).map(ClaimsText::read).orElse(ClaimValues.NONE);
  }

  /** @param sealed null where there are none */
  List<AuthorizationDetail> details(AuthorizationId id, ByteBuffer sealed) throws NoCommandException {
    return claims(id, sealed).map(FurtherClaims::json).map(AuthorizationDetailsText::read).orElse(List.of());
  }

  /** @param sealed null where no part is asked for, which is not the same as none of them */
  Optional<List<AuthorizationDetail>> narrowedDetails(AuthorizationId id, ByteBuffer sealed)
      throws NoCommandException {
    return claims(id, sealed).map(FurtherClaims::json).map(AuthorizationDetailsText::read);
  }

  /** Of a command on no authorization. */
  FurtherClaims content(ByteBuffer sealed) throws NoCommandException {
    Optional<FurtherClaims> content = Optional.ofNullable(sealed)
        .flatMap(bytes -> SealedClaims.open(opener, new CommandId(header.getCommandId()), bytes));
    return content.orElseThrow(
        () -> new NoCommandException("expected content sealed for this command under a secret accepted here"));
  }

  static Optional<Scopes> scopes(String text) {
    return Optional.ofNullable(text).map(Scopes::parse);
  }
}
