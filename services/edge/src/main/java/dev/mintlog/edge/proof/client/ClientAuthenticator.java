package dev.mintlog.edge.proof.client;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds out which client a request comes from, RFC 6749 §2.3. Unknown, disabled and wrongly proved clients get the same
 * answer. Thread-safe.
 */
public final class ClientAuthenticator {
  private static final int REMEMBERED_MAX = 1_000;
  private static final Duration REMEMBERED = Duration.ofSeconds(60);
  private static final Refusal WRONG =
      Refusal.invalidClient("expected a registered client and its secret or certificate, but found no match");

  private final SlowVerifications slow;
  private final VerifiedSecrets verified;
  private final ClientAssertions assertions;
  private final TlsClientAuthentication certificates;

  /** @param certificates whose a client certificate is */
  public ClientAuthenticator(SlowVerifications slow, ClientAssertions assertions, TlsClientAuthentication certificates,
      SecureRandom random) {
    this.slow = slow;
    this.assertions = assertions;
    this.certificates = certificates;
    this.verified = new VerifiedSecrets(REMEMBERED_MAX, REMEMBERED, random, System::nanoTime);
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
   * @param audiences the URLs that the endpoint has, without query: what an assertion may be for; asked for where the
   *     client sent one
   * @param certificate the client certificate of the request, asked for where the client may prove itself by one
   * @param now what the expiry of a secret or a certificate is compared with
   * @param loop where {@code then} is called when it cannot be called at once
   * @param then called once; before this method returns, unless the secret is one that takes long to compare, or
   *     keys have to be fetched
   */
  public void authenticate(RegistrySnapshot registry, String tenant, Optional<String> authorization, Form form,
      Supplier<Set<String>> audiences, Supplier<Checked<Optional<ClientCertificate>>> certificate, Instant now,
      Executor loop, Consumer<Authentication> then) {
    if (isByAssertion(form)) {
      assertions.judge(registry, tenant, authorization, form, audiences.get(), now, loop, then);
      return;
    }
    Checked<List<Credential>> presented = PresentedCredentials.read(authorization, form);
    if (presented instanceof Checked.Refused<List<Credential>> refused) {
      then.accept(new NotJudged(refused.refusal()));
      return;
    }
    List<Credential> readings = ((Checked.Accepted<List<Credential>>) presented).value();
    judge(registry, tenant, readings, certificate, now, loop, then);
  }

  private void judge(RegistrySnapshot registry, String tenant, List<Credential> readings,
      Supplier<Checked<Optional<ClientCertificate>>> certificate, Instant now, Executor loop,
      Consumer<Authentication> then) {
    Optional<String> recognised = Optional.empty();
    List<SlowCandidate> candidates = new ArrayList<>(0);
    for (Credential reading : readings) {
      Optional<RegisteredClient> found = registry.client(tenant, reading.clientId());
      if (found.isEmpty()) {
        continue;
      }
      RegisteredClient client = found.get();
      recognised = Optional.of(client.id());
      if (client.client().enabled() && proves(client, reading, certificate, now, candidates)) {
        then.accept(new Authenticated(client));
        return;
      }
    }
    Refused refused = new Refused(WRONG, recognised);
    if (candidates.isEmpty()) {
      then.accept(refused);
    } else if (!slow.offer(tenant + "/" + candidates.get(0).client().id(),
        () -> verifiedSlowly(candidates, refused), judged -> loop.execute(() -> then.accept(judged)))) {
      then.accept(new NotJudged(Refusal.tryAgain("expected room to verify a client secret, but all of it is in use")));
    }
  }

  /**
   * Whether the credential proves the client without slow work; what would take slow work is added to the candidates.
   */
  private boolean proves(RegisteredClient client, Credential reading,
      Supplier<Checked<Optional<ClientCertificate>>> certificate, Instant now, List<SlowCandidate> candidates) {
    if (client.isPublic()) {
      // A public client has nothing to prove; a secret means that somebody believes it has one.
      return reading.secret().isEmpty();
    }
    if (reading.secret().isEmpty()) {
      return client.sender().certificate().authenticates() && provesByCertificate(client, certificate.get(), now);
    }
    ClientSecret secret = reading.secret().get();
    for (RegisteredSecret registered : client.secrets()) {
      if (registered.isValidAt(now)) {
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
  private boolean provesByCertificate(
      RegisteredClient client, Checked<Optional<ClientCertificate>> presented, Instant now) {
    return presented.match(
        found -> found.isPresent() && certificates.proves(client.sender().certificate(), found.get(), now),
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
