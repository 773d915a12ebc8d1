package dev.mintlog.edge.proof.client;

import dev.mintlog.edge.limit.ClientProofLimits;
import dev.mintlog.edge.limit.ClientProofLimits.Admitted;
import dev.mintlog.edge.limit.ClientProofLimits.Outcome;
import dev.mintlog.edge.proof.SlowVerifications;
import dev.mintlog.edge.proof.client.Authentication.Authenticated;
import dev.mintlog.edge.proof.client.Authentication.NotJudged;
import dev.mintlog.edge.proof.client.Authentication.Refused;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.AssertionAlgorithms;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.client.RegisteredSecret;
import dev.mintlog.registry.secret.ClientSecretHash;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds out which client a request comes from, RFC 6749 §2.3. Unknown, disabled and wrongly proved clients get the same
 * answer. Thread-safe.
 */
public final class ClientAuthenticator {
  private static final int REMEMBERED_MAX = 1_000;
  // Long enough for clients that ask again before their token ends; what is remembered is of no use elsewhere.
  private static final Duration UNUSED_MAX = Duration.ofMinutes(10);
  private static final Refusal WRONG =
      Refusal.invalidClient("expected a registered client and its secret or certificate, but found no match");

  private final SlowVerifications slow;
  private final ClientProofLimits limits;
  private final VerifiedSecrets verified;
  private final ClientAssertions assertions;
  private final TlsClientAuthentication certificates;

  /**
   * @param limits who gives wrong secrets is slowed down by
   * @param certificates whose a client certificate is
   */
  public ClientAuthenticator(SlowVerifications slow, ClientProofLimits limits, ClientAssertions assertions,
      TlsClientAuthentication certificates, SecureRandom random) {
    this.slow = slow;
    this.limits = limits;
    this.assertions = assertions;
    this.certificates = certificates;
    this.verified = new VerifiedSecrets(REMEMBERED_MAX, UNUSED_MAX, random, System::nanoTime);
  }

  /** The methods that work here, by their names in RFC 8414 §2. */
  public static List<String> methodNames() {
    return Stream.concat(PresentedCredentials.methodNames().stream(), ClientAssertions.METHODS.stream()).toList();
  }

  /** JWS algorithms of assertions, as {@code token_endpoint_auth_signing_alg_values_supported}, RFC 8414 §2. */
  public static List<String> assertionAlgorithms() {
    return AssertionAlgorithms.ALL;
  }

  /** Those that prove something: all but {@code none}. */
  public static List<String> provingMethodNames() {
    return methodNames().stream().filter(name -> !name.equals("none")).toList();
  }

  /** Whether the request has an assertion, or says that it has. */
  public static boolean isByAssertion(Form form) {
    return ClientAssertions.isUsed(form);
  }

  /**
   * Authenticates the client.
   *
   * @param authorization the Authorization header
   * @param then called once; before this method returns, unless the secret is one that takes long to compare, or
   *     keys have to be fetched
   */
  public void authenticate(RegistrySnapshot registry, String tenant, Optional<String> authorization, Form form,
      Circumstances circumstances, Consumer<Authentication> then) {
    if (isByAssertion(form)) {
      assertions.judge(registry, tenant, authorization, form, circumstances.audiences().get(), circumstances.now(),
          circumstances.loop(), then);
      return;
    }
    Checked<List<Credential>> presented = PresentedCredentials.read(authorization, form);
    if (presented instanceof Checked.Refused<List<Credential>> refused) {
      then.accept(new NotJudged(refused.refusal()));
      return;
    }
    List<Credential> readings = ((Checked.Accepted<List<Credential>>) presented).value();
    judge(registry, tenant, readings, circumstances, then);
  }

  private void judge(RegistrySnapshot registry, String tenant, List<Credential> readings,
      Circumstances circumstances, Consumer<Authentication> then) {
    Optional<String> recognised = Optional.empty();
    List<SlowCandidate> candidates = new ArrayList<>(0);
    for (Credential reading : readings) {
      Optional<RegisteredClient> found = registry.client(tenant, reading.clientId());
      if (found.isEmpty()) {
        continue;
      }
      RegisteredClient client = found.get();
      recognised = Optional.of(client.id());
      if (client.client().enabled() && proves(client, reading, circumstances, candidates)) {
        then.accept(new Authenticated(client));
        return;
      }
    }
    Refused refused = new Refused(WRONG, recognised);
    if (candidates.isEmpty()) {
      then.accept(refused);
    } else {
      judgeSlowly(tenant, candidates, refused, circumstances, then);
    }
  }

  private void judgeSlowly(String tenant, List<SlowCandidate> candidates, Refused refused, Circumstances circumstances,
      Consumer<Authentication> then) {
    String clientId = candidates.get(0).client().id();
    limits.admit(tenant, clientId, circumstances.address()).either(admitted -> {
      boolean room = slow.<Authentication>offer(tenant + "/" + clientId, () -> verifiedSlowly(candidates, refused),
          new NotJudged(Refusal.tryAgain("expected to verify a client secret, but that failed")), judged -> {
            end(admitted, judged);
            circumstances.loop().execute(() -> then.accept(judged));
          });
      if (!room) {
        admitted.end(Outcome.NOT_JUDGED);
        then.accept(
            new NotJudged(Refusal.tryAgain("expected room to verify a client secret, but all of it is in use")));
      }
    }, refusal -> then.accept(new NotJudged(refusal)));
  }

  private static void end(Admitted admitted, Authentication judged) {
    judged.match(authenticated -> admitted.end(Outcome.RIGHT), wrong -> admitted.end(Outcome.WRONG),
        notJudged -> admitted.end(Outcome.NOT_JUDGED));
  }

  /**
   * Whether the credential proves the client without slow work; what would take slow work is added to the candidates.
   */
  private boolean proves(RegisteredClient client, Credential reading,
      Circumstances circumstances, List<SlowCandidate> candidates) {
    if (client.isPublic()) {
      // A public client has nothing to prove; a secret means that somebody believes it has one.
      return reading.secret().isEmpty();
    }
    if (reading.secret().isEmpty()) {
      return client.sender().certificate().authenticates() && provesByCertificate(client, circumstances);
    }
    ClientSecret secret = reading.secret().get();
    for (RegisteredSecret registered : client.secrets()) {
      if (registered.isValidAt(circumstances.now())) {
        ClientSecretHash hash = registered.hash();
        if (hash.isSlow() ? verified.isRemembered(hash.text(), secret) : hash.verify(secret.text())) {
          return true;
        }
        if (hash.isSlow()) {
          candidates.add(new SlowCandidate(client, hash, secret));
        }
      }
    }
    return false;
  }

  // RFC 8705 §2: "the client MUST include the "client_id" parameter"; the certificate has to be one of that client's.
  private boolean provesByCertificate(RegisteredClient client, Circumstances circumstances) {
    return circumstances.certificate().get().match(
        found -> found.isPresent()
            && certificates.proves(client.sender().certificate(), found.get(), circumstances.now()),
        refusal -> false);
  }

  private Authentication verifiedSlowly(List<SlowCandidate> candidates, Refused refused) {
    for (SlowCandidate candidate : candidates) {
      if (candidate.hash().verify(candidate.secret().text())) {
        verified.remember(candidate.hash().text(), candidate.secret());
        return new Authenticated(candidate.client());
      }
    }
    return refused;
  }

  private record SlowCandidate(RegisteredClient client, ClientSecretHash hash, ClientSecret secret) {}
}
