package dev.mintlog.grant.exchange;

import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.TokenError;
import dev.mintlog.client.ExchangePolicy;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant.TokenExchange;
import dev.mintlog.command.SubjectToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may exchange whose token, and who acts then: what the registration and the token itself say. */
final class ExchangeRules {
  /** Longest chain of actors. */
  static final int ACTORS_MAX = 8;

  private ExchangeRules() {}

  static Optional<Denied> refusal(TokenRequest request, TokenExchange grant, Registration registration) {
    SubjectToken subject = grant.subject();
    ExchangePolicy policy = registration.client().access().exchange();
    if (!subject.clientId().equals(request.clientId()) && !policy.subjectClients().contains(subject.clientId())) {
      return unacceptable("a subject_token of a client whose tokens this client may exchange, but found another's");
    }
    if (grant.actor().isPresent() && !policy.delegation()) {
      return unacceptable("no actor_token, because this client may not delegate");
    }
    if (grant.actor().isEmpty() && !policy.impersonation()) {
      return unacceptable("an actor_token, because this client may not impersonate");
    }
    // RFC 8693 §4.4: may_act "makes a statement that one party is authorized to become the actor and act on behalf of
    // another party"; where it is there, nobody else is.
    String actingParty = grant.actor().orElse(request.clientId());
    if (subject.mayAct().isPresent() && !subject.mayAct().get().equals(actingParty)) {
      return unacceptable("the party that may_act of the subject_token names, but another would act");
    }
    int actors = actors(grant).size();
    return actors > ACTORS_MAX
        ? unacceptable("at most " + ACTORS_MAX + " actors, but there would be " + actors)
        : Optional.empty();
  }

  /** RFC 8693 §4.1: "the outermost "act" claim represents the current actor". */
  static List<String> actors(TokenExchange grant) {
    List<String> actors = new ArrayList<>();
    grant.actor().ifPresent(actors::add);
    actors.addAll(grant.subject().actors());
    return actors;
  }

  // RFC 8693 §2.2.2: where a token is "unacceptable based on policy, the authorization server MUST construct an error
  // response […] the value of the "error" parameter MUST be the "invalid_request" error code".
  static Optional<Denied> unacceptable(String expected) {
    return Optional.of(Denied.of(TokenError.INVALID_REQUEST, "expected " + expected));
  }
}
