package dev.mintlog.channel.state;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.DirectoryClaims;
import dev.mintlog.answer.GrantTerms;
import dev.mintlog.answer.TokenError;
import dev.mintlog.client.AuthorizationDetail;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.IdTokenEncryption;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.client.SigningKeyRef;
import dev.mintlog.schema.AnswerState;
import dev.mintlog.schema.AuthorizationDetailState;
import dev.mintlog.schema.DirectoryState;
import dev.mintlog.schema.EncryptionState;
import dev.mintlog.schema.TermsState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The core's Answer and the record it rests as. */
final class AnswerCodec {
  private static final String GRANTED = "granted";
  private static final String DENIED = "denied";
  private static final String PENDING = "pending";
  private static final String CODE_CREATED = "code-created";
  private static final String DEVICE_CREATED = "device-created";
  private static final String BACKCHANNEL_CREATED = "backchannel-created";
  private static final String DONE = "done";

  private AnswerCodec() {}

  static AnswerState toWire(Answer answer) {
    AnswerState wire = new AnswerState();
    return answer.match(
        granted -> {
          wire.setKind(GRANTED);
          wire.setTerms(terms(granted.terms()));
          return wire;
        },
        denied -> {
          wire.setKind(DENIED);
          wire.setError(denied.error().code());
          wire.setDescription(denied.description());
          wire.setRevoked(denied.revoked());
          return wire;
        },
        pending -> {
          wire.setKind(PENDING);
          wire.setError(pending.error().code());
          wire.setIntervalSeconds(pending.interval().toSeconds());
          return wire;
        },
        code -> {
          wire.setKind(CODE_CREATED);
          wire.setExpiresInSeconds(code.expiresIn().toSeconds());
          return wire;
        },
        request -> {
          wire.setKind(request.userCodeChosen().isPresent() ? DEVICE_CREATED : BACKCHANNEL_CREATED);
          request.userCodeChosen().ifPresent(wire::setUserCodeChosen);
          wire.setExpiresInSeconds(request.expiresIn().toSeconds());
          wire.setIntervalSeconds(request.interval().toSeconds());
          return wire;
        },
        signed -> {
          throw new IllegalArgumentException("expected an answer that rests in a state, but a signed response does not");
        },
        done -> {
          wire.setKind(DONE);
          return wire;
        });
  }

  static Answer ofWire(AnswerState wire) {
    return switch (wire.getKind()) {
      case GRANTED -> new Answer.Granted(terms(Required.field("terms", wire.getTerms())));
      case DENIED -> new Answer.Denied(
          error(wire.getError()), Required.field("description", wire.getDescription()), wire.getRevoked());
      case PENDING -> new Answer.Pending(error(wire.getError()), seconds("intervalSeconds", wire.getIntervalSeconds()));
      case CODE_CREATED -> new Answer.CodeCreated(seconds("expiresInSeconds", wire.getExpiresInSeconds()));
      case DEVICE_CREATED -> new Answer.RequestCreated(
          OptionalInt.of(Required.field("userCodeChosen", wire.getUserCodeChosen())),
          seconds("expiresInSeconds", wire.getExpiresInSeconds()),
          seconds("intervalSeconds", wire.getIntervalSeconds()));
      case BACKCHANNEL_CREATED -> new Answer.RequestCreated(
          OptionalInt.empty(),
          seconds("expiresInSeconds", wire.getExpiresInSeconds()),
          seconds("intervalSeconds", wire.getIntervalSeconds()));
      case DONE -> new Answer.Done();
      default -> throw new IllegalArgumentException(
          "expected a kind of answer known to this version, but found '" + wire.getKind() + "'");
    };
  }

  static TermsState terms(GrantTerms terms) {
    TermsState wire = new TermsState();
    wire.setGrantType(terms.grantType().value());
    wire.setIssuer(terms.issuer());
    wire.setJti(terms.jti());
    wire.setSubject(terms.subject());
    wire.setScope(terms.scopes().text());
    wire.setAudience(terms.audience());
    wire.setIssuedAt(terms.issuedAt());
    wire.setAccessTokenSeconds(terms.accessTokenLifetime().toSeconds());
    wire.setKid(terms.key().kid());
    wire.setAlgorithm(terms.key().algorithm().jws());
    wire.setKeySignFrom(terms.key().signFrom());
    wire.setRefreshGeneration(terms.refresh().orElse(null));
    wire.setScopeAsArray(terms.scopeAsArray());
    wire.setActors(terms.actors());
    wire.setConfirmation(ConfirmationCodec.toWire(terms.confirmation()));
    wire.setAuthorizationDetails(detailsToWire(terms.details()));
    wire.setReference(terms.reference().orElse(null));
    wire.setIdTokenEncryption(terms.encryption().map(encryption -> new EncryptionState(
        encryption.algorithm(), encryption.method(), encryption.publicJwk())).orElse(null));
    wire.setDirectory(terms.directory().map(directory -> new DirectoryState(
        directory.tenantId(), directory.userName().orElse(null))).orElse(null));
    wire.setClaims(terms.claims().jsonByName());
    wire.setIdTokenSeconds(terms.idTokenLifetime().map(Duration::toSeconds).orElse(null));
    return wire;
  }

  static GrantTerms terms(TermsState wire) {
    SigningAlgorithm algorithm = SigningAlgorithm.ofJws(wire.getAlgorithm()).orElseThrow(() ->
        new IllegalArgumentException("expected an algorithm known to this version, but found '"
            + wire.getAlgorithm() + "'"));
    return new GrantTerms(
        new GrantType(wire.getGrantType()),
        wire.getIssuer(),
        wire.getJti(),
        wire.getSubject(),
        Scopes.parse(wire.getScope()),
        List.copyOf(wire.getAudience()),
        wire.getIssuedAt(),
        Duration.ofSeconds(wire.getAccessTokenSeconds()),
        new SigningKeyRef(wire.getKid(), algorithm, wire.getKeySignFrom()),
        Optional.ofNullable(wire.getRefreshGeneration()),
        Optional.ofNullable(wire.getIdTokenSeconds()).map(Duration::ofSeconds),
        new ClaimValues(wire.getClaims()),
        wire.getScopeAsArray(),
        List.copyOf(wire.getActors()),
        ConfirmationCodec.ofWire(wire.getConfirmation()),
        Optional.ofNullable(wire.getReference()),
        Optional.ofNullable(wire.getIdTokenEncryption()).map(encryption -> new IdTokenEncryption(
            encryption.getAlgorithm(), encryption.getMethod(), encryption.getPublicJwk())),
        details(wire.getAuthorizationDetails()),
        Optional.ofNullable(wire.getDirectory()).map(directory -> new DirectoryClaims(
            directory.getTenantId(), Optional.ofNullable(directory.getUserName()))));
  }

  static List<AuthorizationDetailState> detailsToWire(List<AuthorizationDetail> details) {
    return details.stream().map(detail -> new AuthorizationDetailState(detail.type(), detail.json())).toList();
  }

  static List<AuthorizationDetail> details(List<AuthorizationDetailState> wire) {
    return wire.stream().map(detail -> new AuthorizationDetail(detail.getType(), detail.getJson())).toList();
  }

  private static TokenError error(String code) {
    return TokenError.ofCode(Required.field("error", code)).orElseThrow(() ->
        new IllegalArgumentException("expected an error code known to this version, but found '" + code + "'"));
  }

  private static Duration seconds(String name, Long value) {
    return Duration.ofSeconds(Required.field(name, value));
  }
}
