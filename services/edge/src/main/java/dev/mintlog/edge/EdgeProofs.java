package dev.mintlog.edge;

import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.edge.assertion.AssertionSignatures;
import dev.mintlog.edge.assertion.KeySetFetch;
import dev.mintlog.edge.assertion.KeySets;
import dev.mintlog.edge.backchannel.HintedUsers;
import dev.mintlog.edge.backchannel.LoginHintTokens;
import dev.mintlog.edge.backchannel.SignedRequests;
import dev.mintlog.edge.dpop.DpopNonces;
import dev.mintlog.edge.fetch.HttpKeySetFetch;
import dev.mintlog.edge.http.ClientCertificates;
import dev.mintlog.edge.http.server.ProofParts;
import dev.mintlog.edge.limit.ClientProofLimits;
import dev.mintlog.edge.proof.ProofIds;
import dev.mintlog.edge.proof.SlowVerifications;
import dev.mintlog.edge.proof.UserCodeProof;
import dev.mintlog.edge.proof.client.ClientAssertions;
import dev.mintlog.edge.proof.client.ClientAuthenticator;
import dev.mintlog.edge.proof.client.TlsClientAuthentication;
import dev.mintlog.edge.proof.grant.GrantAssertions;
import dev.mintlog.edge.proof.token.IdTokenHints;
import dev.mintlog.edge.tls.ClientCertificateConfig;
import dev.mintlog.edge.tls.TlsConfig;
import dev.mintlog.runtime.lifecycle.OpenedParts;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;

/** What an edge judges proofs with. */
public final class EdgeProofs {
  private EdgeProofs() {}

  static ProofParts open(EdgeConfig config, OpenedParts opened, Vertx vertx, ClientProofLimits limits,
      SecureRandom random) {
    SlowVerifications slow = opened.add("argon2",
        new SlowVerifications(config.slowSecrets().threads(), config.slowSecrets().queueMax()));
    HttpKeySetFetch keySets = opened.add("key sets",
        new HttpKeySetFetch(vertx, config.keySets().addresses(), config.keySets().waitMax()));
    ClientCertificateConfig configured = config.clientCertificates();
    ClientCertificates certificates = new ClientCertificates(
        config.tls().filter(TlsConfig::asksClients).isPresent(), configured.header(), configured.proxies(),
        !configured.authorities().isEmpty());
    return of(config.channel(), keySets, slow, limits, configured.authorities(), certificates, random);
  }

  /**
   * @param slow where secrets hashed with Argon2id are compared
   * @param limits who gives wrong ones is slowed down by
   * @param authorities whose client certificates are trusted
   */
  public static ProofParts of(SecretRing channel, KeySetFetch keySets, SlowVerifications slow,
      ClientProofLimits limits, List<X509Certificate> authorities, ClientCertificates certificates,
      SecureRandom random) {
    // One for all: it keeps the keys that it has parsed.
    AssertionSignatures signatures = new AssertionSignatures(channel, new KeySets(keySets, System::nanoTime));
    ProofIds ids = new ProofIds(channel);
    return new ProofParts(
        new ClientAuthenticator(slow, limits, new ClientAssertions(signatures, ids),
            new TlsClientAuthentication(authorities), random),
        new GrantAssertions(signatures, ids),
        new SignedRequests(signatures, ids),
        new HintedUsers(new IdTokenHints(), new LoginHintTokens(signatures)),
        new UserCodeProof(slow),
        ids,
        new DpopNonces(channel),
        certificates);
  }
}
