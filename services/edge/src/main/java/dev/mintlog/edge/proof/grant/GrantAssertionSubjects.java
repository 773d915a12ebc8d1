package dev.mintlog.edge.proof.grant;

import dev.mintlog.edge.proof.grant.GrantAssertions.Presentation;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.extension.VerifiedUser;
import dev.mintlog.registry.client.AssertionIssuer;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.client.SubjectRule;
import dev.mintlog.registry.tenant.RegisteredUser;
import java.util.Optional;

/**
 * Whom an assertion may speak for. RFC 7523 §3: "For the authorization grant, the subject typically identifies an
 * authorized accessor for which the access token is being requested (i.e., the resource owner or an authorized delegate)".
 */
final class GrantAssertionSubjects {
  private GrantAssertionSubjects() {}

  /** Of an assertion that the client signed: empty where it speaks for itself. */
  static Checked<Optional<String>> ofOwn(Presentation presented, RegisteredClient client, String subject) {
    if (subject.equals(client.id())) {
      return Checked.accepted(Optional.empty());
    }
    return user(presented, client.grantAssertions().ownSubjects(), subject)
        .then(user -> Checked.accepted(Optional.of(user)));
  }

  static Checked<String> ofIssuer(Presentation presented, AssertionIssuer issuer, String subject) {
    return user(presented, issuer.subjects(), issuer.subjectPrefix() + subject);
  }

  private static Checked<String> user(Presentation presented, SubjectRule rule, String subject) {
    Optional<RegisteredUser> user = presented.registry().subject(presented.tenant(), subject);
    return switch (rule) {
      case NONE -> refused("the client itself as sub of the assertion, because it may speak for nobody else");
      // A user who is disabled is told from one who is unknown by nobody.
      case REGISTERED -> user.filter(RegisteredUser::enabled).isPresent() ? Checked.accepted(subject)
          : refused("a registered user who may sign in as sub of the assertion");
      case ANY -> user.filter(found -> !found.enabled()).isPresent() || !isFree(presented, subject)
          ? refused("as sub of the assertion a user who may sign in: up to " + VerifiedUser.SUBJECT_CHARACTERS_MAX
              + " visible ASCII characters, and no client's id")
          : Checked.accepted(subject);
    };
  }

  // RFC 9700 §4.15: a token of a user must not be taken for one of a client, whose id would be its sub.
  private static boolean isFree(Presentation presented, String subject) {
    return VerifiedUser.isSubject(subject) && presented.registry().client(presented.tenant(), subject).isEmpty();
  }

  private static <T> Checked<T> refused(String expected) {
    return Checked.refused(Refusal.invalidGrant("expected " + expected + ", but found another"));
  }
}
