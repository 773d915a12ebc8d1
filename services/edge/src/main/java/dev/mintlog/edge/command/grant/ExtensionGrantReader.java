package dev.mintlog.edge.command.grant;

import dev.mintlog.client.GrantType;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.Tenant;
import dev.mintlog.edge.provider.ProviderThreads;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.extension.ExtensionGrant;
import dev.mintlog.extension.ExtensionRequest;
import dev.mintlog.extension.Verdict;
import dev.mintlog.extension.VerifiedUser;
import dev.mintlog.registry.document.text.ClaimsText;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** RFC 6749 §4.5: the parameters that an extension reads, and its verdict on them. */
final class ExtensionGrantReader implements GrantReader {
  /** A parameter of fewer characters is no secret; most descriptions would repeat one by chance. */
  private static final int SECRET_CHARACTERS_MIN = 6;

  private final ExtensionGrant grant;
  private final ProviderThreads threads;
  private final ExtensionCommands commands;

  ExtensionGrantReader(ExtensionGrant grant, ProviderThreads threads, ExtensionCommands commands) {
    this.grant = grant;
    this.threads = threads;
    this.commands = commands;
  }

  @Override
  public GrantType type() {
    return grant.type();
  }

  // What it judges may be good for one use: nobody knows but the extension.
  @Override
  public boolean isForOneUse() {
    return true;
  }

  @Override
  public void read(GrantRequest request, Consumer<GrantReading> then) {
    Optional<Tenant> tenant = request.registry().tenant(request.tenant());
    // Before the extension is asked: to who may not have the answer, whether a credential is right is one.
    if (tenant.isEmpty() || !request.client().client().mayUse(type())) {
      then.accept(new GrantReading.Proved(commands.notJudged(type(), request)));
      return;
    }
    ExtensionRequest asked = new ExtensionRequest(tenant.get(), request.client().client(), parameters(request),
        request.form().find("scope").map(Scopes::parse), request.arrivedAt());
    threads.ask(() -> judge(asked), request.loop(), answer -> answer.either(
        verdict -> act(request, asked, verdict, then),
        refusal -> refuse(refusal, then)));
  }

  // What it gives as JSON is read here, where a failure is its own and the client hears 503.
  private Verdict judge(ExtensionRequest asked) throws Exception {
    Verdict verdict = Objects.requireNonNull(grant.judge(asked), "expected a verdict");
    verdict.match(Verdict.Accepted::user, none -> Optional.<VerifiedUser>empty())
        .ifPresent(user -> ClaimsText.read(user.claims().json()));
    return verdict;
  }

  private Map<String, String> parameters(GrantRequest request) {
    Map<String, String> found = new HashMap<>();
    grant.parameters().forEach(name -> request.form().find(name).ifPresent(value -> found.put(name, value)));
    return found;
  }

  private void act(GrantRequest request, ExtensionRequest asked, Verdict verdict, Consumer<GrantReading> then) {
    Optional<Verdict.Refused> refused = verdict.match(accepted -> Optional.empty(), Optional::of);
    if (refused.isPresent()) {
      refuse(Refusal.of(refused.get().error(), described(refused.get(), asked)), then);
      return;
    }
    Optional<VerifiedUser> user = verdict.match(Verdict.Accepted::user, none -> Optional.empty());
    user.ifPresentOrElse(
        verified -> send(request, verified, then),
        () -> then.accept(new GrantReading.Proved(commands.forClient(type(), request))));
  }

  private void send(GrantRequest request, VerifiedUser user, Consumer<GrantReading> then) {
    commands.forUser(type(), request, user, Optional.empty(), made -> then.accept(GrantReading.of(made)));
  }

  // What is answered is audited too, and neither may repeat a credential.
  private static String described(Verdict.Refused refused, ExtensionRequest asked) {
    boolean repeats = asked.parameters().values().stream()
        .anyMatch(value -> value.length() >= SECRET_CHARACTERS_MIN && refused.description().contains(value));
    return repeats ? "expected a credential that the grant accepts, but found another" : refused.description();
  }

  private static void refuse(Refusal refusal, Consumer<GrantReading> then) {
    then.accept(new GrantReading.Refused(refusal, Optional.empty()));
  }
}
