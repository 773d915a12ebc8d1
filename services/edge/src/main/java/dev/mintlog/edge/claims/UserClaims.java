package dev.mintlog.edge.claims;

import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.claims.ClaimsProvider;
import dev.mintlog.claims.ClaimsRequest;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Tenant;
import dev.mintlog.edge.provider.ProviderThreads;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.document.text.ClaimsText;
import dev.mintlog.registry.tenant.RegisteredUser;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Finds the claims of a user that the tenant's API resources want, or a client's authorization request: what the login
 * application vouches for first, then what providers say, then what is registered. Thread-safe.
 */
public final class UserClaims {
  /** More claims than this do not belong into a token. */
  public static final int JSON_CHARACTERS_MAX = 16_384;

  private final List<ClaimsProvider> providers;
  private final ProviderThreads threads;

  public UserClaims(List<ClaimsProvider> providers, ProviderThreads threads) {
    this.providers = List.copyOf(providers);
    this.threads = threads;
  }

  /**
   * Whose claims, and for whom.
   *
   * @param vouched what the login application says of the user, the text of a JSON object
   * @param wished names of claims that are wanted beside those of API resources
   */
  public record Subject(
      String tenant, String clientId, String subject, Optional<FurtherClaims> vouched, Set<String> wished) {
    public Subject {
      wished = Set.copyOf(wished);
    }

    /** A subject of whom API resources alone want to know. */
    public Subject(String tenant, String clientId, String subject, Optional<FurtherClaims> vouched) {
      this(tenant, clientId, subject, vouched, Set.of());
    }

    private Set<String> wanted(Tenant tenant) {
      Set<String> all = new TreeSet<>(tenant.wantedUserClaims());
      all.addAll(wished);
      return all;
    }
  }

  /**
   * Finds them.
   *
   * @param then called once, on the loop; before this method returns where nobody had to be asked
   */
  public void find(RegistrySnapshot registry, Subject subject, Executor loop, Consumer<Checked<ClaimValues>> then) {
    Optional<ClaimsRequest> request = registry.tenant(subject.tenant())
        .filter(tenant -> !subject.wanted(tenant).isEmpty())
        .flatMap(tenant -> registry.client(subject.tenant(), subject.clientId()).map(client ->
            new ClaimsRequest(tenant, client.client(), subject.subject(), subject.wanted(tenant))));
    if (request.isEmpty()) {
      then.accept(Checked.accepted(ClaimValues.NONE));
      return;
    }
    ClaimValues registered = registry.subject(subject.tenant(), subject.subject()).map(RegisteredUser::claims)
        .map(ClaimsText::of).orElse(ClaimValues.NONE);
    ClaimValues vouched = vouched(subject, request.get());
    if (providers.isEmpty()) {
      then.accept(bounded(vouched.and(registered), request.get()));
      return;
    }
    threads.ask(() -> said(request.get()), loop, answer -> then.accept(
        answer.then(said -> bounded(vouched.and(said).and(registered), request.get()))));
  }

  private static ClaimValues vouched(Subject subject, ClaimsRequest request) {
    return subject.vouched().map(claims -> ClaimsText.some(claims.json(), request.wanted())).orElse(ClaimValues.NONE);
  }

  // The first provider that knows a claim counts. What it gives as JSON is read here: what is none must not come as far
  // as a token.
  private ClaimValues said(ClaimsRequest request) throws Exception {
    ClaimValues all = ClaimValues.NONE;
    for (ClaimsProvider provider : providers) {
      all = all.and(ClaimsText.read(provider.claims(request).only(request.wanted()).json()));
    }
    return all;
  }

  private static Checked<ClaimValues> bounded(ClaimValues found, ClaimsRequest request) {
    ClaimValues wanted = found.only(request.wanted());
    int characters = wanted.json().length();
    return characters <= JSON_CHARACTERS_MAX
        ? Checked.accepted(wanted)
        : Checked.refused(Refusal.invalidRequest("expected at most " + JSON_CHARACTERS_MAX
            + " characters of claims of the user, but found " + characters));
  }
}
