package dev.mintlog.edge.command.grant;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Confirmation;
import dev.mintlog.client.GrantType;
import dev.mintlog.command.TokenStyle;
import dev.mintlog.edge.proof.grant.GrantAssertion;
import dev.mintlog.edge.proof.grant.GrantAssertions;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.request.ResourceIndicators;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A token request whose client is authenticated.
 *
 * @param registry the revision that the client was authenticated under, and that the command will name
 * @param address where the request came from: an IP address, as text
 * @param arrivedAt by this machine's clock
 * @param loop the event loop that this is read on, and that an answer given later has to be given on
 * @param audiences the URLs that the endpoint has, without query: what an assertion may be for
 * @param assertion the authorization grant that proved the client, where one did
 * @param style which further claims the tokens are to have
 * @param confirmation the key that the sender proved to have, which what is granted will be bound to
 */
public record GrantRequest(RegistrySnapshot registry, String tenant, RegisteredClient client, Form form,
    String address, Instant arrivedAt, Executor loop, Supplier<Set<String>> audiences,
    Optional<GrantAssertion> assertion, TokenStyle style, Optional<Confirmation> confirmation) {
  /** A request for tokens with the RFCs' claims. */
  public GrantRequest(RegistrySnapshot registry, String tenant, RegisteredClient client, Form form, String address,
      Instant arrivedAt, Executor loop, Supplier<Set<String>> audiences, Optional<GrantAssertion> assertion,
      Optional<Confirmation> confirmation) {
    this(registry, tenant, client, form, address, arrivedAt, loop, audiences, assertion, TokenStyle.RFC, confirmation);
  }

  /** The same with other parameters, for tokens with the claims of a style. */
  public GrantRequest asking(Form other, TokenStyle otherStyle) {
    return new GrantRequest(
        registry, tenant, client, other, address, arrivedAt, loop, audiences, assertion, otherStyle,
        confirmation);
  }

  /** The API resources asked for, by their registered names where they have one. */
  Checked<List<String>> resources() {
    return ResourceIndicators.read(form.all("resource"), asked -> registry.apiResource(tenant, asked));
  }

  /** Where and when an assertion in it is presented. */
  GrantAssertions.Presentation presentation() {
    return new GrantAssertions.Presentation(registry, tenant, audiences.get(), arrivedAt, loop);
  }

  /**
   * The form, where the client may use the grant type, one of those that are called alike in every profile. Asked before
   * any proof is looked at: to who may not have the answer, whether it is right is one.
   */
  Checked<Form> allowed(GrantType type) {
    // RFC 6749 §5.2: "unauthorized_client: The authenticated client is not authorized to use this authorization grant
    // type."
    return client.client().mayUse(type)
        ? Checked.accepted(form)
        : Checked.refused(Refusal.of(TokenError.UNAUTHORIZED_CLIENT,
            "expected a grant type registered for the client, but found " + type));
  }

  @Override
  public String toString() {
    return "GrantRequest[" + tenant + "/" + client.id() + "]";
  }
}
