package dev.mintlog.edge.command.grant;

import dev.mintlog.answer.TokenError;
import dev.mintlog.channel.handle.HandleSecret;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.client.AccessTokenType;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.proof.grant.GrantAssertions;
import dev.mintlog.edge.proof.token.ExchangedTokens;
import dev.mintlog.edge.proof.token.ReferenceTokenClaims;
import dev.mintlog.edge.proof.token.StandingAuthorizations;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.request.Syntax;
import dev.mintlog.runtime.lifecycle.StartException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which class reads which grant. A new grant is one file and one line here. */
public final class GrantReaders {
  /** An answer that did not come, the pause that Retry-After asks for, and some seconds to spare. */
  private static final Duration GRACE_TO_TRY_AGAIN_MIN = Duration.ofSeconds(20);
  private static final Set<GrantType> WITH_GRACE = Set.of(GrantType.REFRESH_TOKEN, GrantType.DEVICE_CODE, GrantType.CIBA);

  private final List<GrantReader> readers;
  private final Map<GrantType, GrantReader> byType = new HashMap<>();
  private final String expected;
  private final SecureRandom random;

  /**
   * @param passwords reads the password grant, which needs more than handles
   * @param assertions judges those of the JWT bearer grant
   * @param commands of grants that somebody vouches for
   * @param details reads what codes and refresh tokens are redeemed for a part of
   * @param references finds access tokens that are handles, where one is exchanged
   * @param standing looks at what an authorization ends with
   * @param random draws the secrets of reference tokens
   * @throws StartException one line, where an extension serves a grant type that is served already
   */
  public GrantReaders(Handles handles, PasswordReader passwords, GrantAssertions assertions, ExtensionCommands commands,
      ExtensionGrants extensions, NarrowedDetails details, ReferenceTokenClaims references,
      StandingAuthorizations standing, SecureRandom random) {
    this.random = random;
    ExchangedTokens exchanged = new ExchangedTokens();
    PresentedHandle presented = new PresentedHandle(handles);
    RedeemedHandle redeemed = new RedeemedHandle(presented, details);
    List<GrantReader> builtIn = List.of(
        new AuthorizationCodeReader(redeemed, details),
        new ClientCredentialsReader(),
        PolledHandleReader.ofDeviceCodes(presented),
        PolledHandleReader.ofAuthReqIds(presented),
        passwords,
        new JwtBearerReader(assertions, new OnBehalfOfReader(exchanged, references, standing, commands), commands),
        new RefreshTokenReader(redeemed, details, standing),
        new TokenExchangeReader(exchanged, references));
    this.readers = Stream.concat(builtIn.stream(), extensions.readers().stream()).toList();
    for (GrantReader reader : readers) {
      if (byType.put(reader.type(), reader) != null) {
        throw new StartException("expected each grant type once, but " + reader.type() + " is served twice;"
            + " take the extension that serves it off the class path");
      }
    }
    this.expected = types().stream().map(GrantType::value).collect(Collectors.joining(", "));
  }

  /** The grant types served, as in {@code grant_types_supported}, RFC 8414 §2. */
  public List<GrantType> types() {
    return readers.stream().map(GrantReader::type).toList();
  }

  /** The grant type that a request names. */
  public Checked<GrantType> type(Form form) {
    return form.require("grant_type").then(text -> {
      GrantType type = GrantType.isWellFormed(text) ? GrantType.of(text) : null;
      // RFC 6749 §5.2: "unsupported_grant_type: The authorization grant type is not supported by the authorization
      // server."
      return type != null && byType.containsKey(type)
          ? Checked.accepted(type)
          : Checked.refused(new Refusal(400, "unsupported_grant_type",
              "expected as grant_type one of " + expected + ", but found another", 0));
    });
  }

  /**
   * Reads the parameters of a grant and checks its proof.
   *
   * @param type one of {@link #types()}
   * @param then called once, on the request's loop
   */
  public void read(GrantType type, GrantRequest request, Consumer<GrantReading> then) {
    // RFC 9396 §6 lets a client ask for a part of what was granted; who has not been granted any must not be given more.
    if (!byType.get(type).narrowsDetails() && request.form().find(NarrowedDetails.PARAMETER).isPresent()) {
      then.accept(new GrantReading.Refused(Refusal.of(TokenError.INVALID_AUTHORIZATION_DETAILS,
          "expected authorization_details with authorization_code and refresh_token only, but found them with another"
              + " grant_type"), Optional.empty()));
      return;
    }
    request.form().find("scope").map(Syntax::scope).orElse(Checked.accepted(""))
        .then(wellFormed -> request.resources())
        .either(
            resources -> byType.get(type).read(request, reading -> reading.match(
                proved -> then.accept(new GrantReading.Proved(
                    forReference(request, proved.command()).forResources(resources).inStyle(request.style()))),
                then::accept)),
            refusal -> then.accept(new GrantReading.Refused(refusal, Optional.empty())));
  }

  // An access token that is a handle rests in the state of an authorization; a grant without state gets one for it.
  private GrantCommand forReference(GrantRequest request, GrantCommand command) {
    boolean isReference = request.client().client().access().tokenType() == AccessTokenType.REFERENCE;
    return isReference && command.authorization().isEmpty()
        ? command.onNew(HandleSecret.random(random), request.tenant())
        : command;
  }

  /**
   * Whether a client's request of this type may be sent again when nobody knows what became of it. What is replaced as it
   * is used may be while its grace window lasts; after that, presenting it again revokes.
   */
  public boolean mayBeSentAgain(GrantType type, Client client) {
    boolean hasTime = client.refresh().graceWindow().compareTo(GRACE_TO_TRY_AGAIN_MIN) >= 0;
    return !byType.get(type).isForOneUse() && (hasTime || !WITH_GRACE.contains(type));
  }
}
