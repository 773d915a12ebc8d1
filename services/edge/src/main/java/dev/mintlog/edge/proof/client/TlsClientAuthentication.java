package dev.mintlog.edge.proof.client;

import dev.mintlog.edge.request.IpAddresses;
import dev.mintlog.registry.client.CertificateSubject;
import dev.mintlog.registry.client.SenderPolicy;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/** Whose a client certificate is, RFC 8705 §2. Thread-safe. */
public final class TlsClientAuthentication {
  // Types of GeneralName, RFC 5280 §4.2.1.6.
  private static final int EMAIL = 1;
  private static final int DNS = 2;
  private static final int URI = 6;
  private static final int IP = 7;
  // RFC 5280 §4.2.1.12: id-kp-clientAuth. A server's certificate by the same authority is nobody's as a client.
  private static final Set<String> CLIENT_AUTH = Set.of("1.3.6.1.5.5.7.3.2");
  // The intermediates are the sender's own choice: few of them are few paths to try.
  private static final int CHAIN_CERTIFICATES_MAX = 5;

  private final Set<TrustAnchor> authorities;

  /** @param authorities whose certificates {@code tls_client_auth} trusts; without any nobody is authenticated by it */
  public TlsClientAuthentication(List<X509Certificate> authorities) {
    this.authorities = authorities.stream().map(authority -> new TrustAnchor(authority, null))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the certificate is one of the client's. */
  boolean proves(SenderPolicy.Certificate registered, ClientCertificate presented, Instant now) {
    // RFC 8705 §2.2: "the client is successfully authenticated if the certificate that it presented during the
    // handshake matches one of the certificates configured or registered for that particular client".
    if (registered.thumbprints().contains(presented.confirmation().thumbprint())) {
      return true;
    }
    return registered.subject().isPresent()
        && says(presented.certificate(), registered.subject().get())
        && isOfATrustedAuthority(presented, now);
  }

  // RFC 8705 §2.1: this method "relies on a validated certificate chain".
  private boolean isOfATrustedAuthority(ClientCertificate presented, Instant now) {
    if (authorities.isEmpty() || presented.chain().size() > CHAIN_CERTIFICATES_MAX) {
      return false;
    }
    try {
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(presented.certificate());
      target.setExtendedKeyUsage(CLIENT_AUTH);
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(authorities, target);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(presented.chain())));
      parameters.setDate(Date.from(now));
      // Revocation is the registry's: a certificate that is no longer good is taken from its client.
      parameters.setRevocationEnabled(false);
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    } catch (GeneralSecurityException | IOException e) {
      return false;
    }
  }

  private static boolean says(X509Certificate certificate, CertificateSubject subject) {
    String value = subject.value();
    return switch (subject.kind()) {
      // Compared as names, not as texts: case and spaces between attributes do not count.
      case DN -> certificate.getSubjectX500Principal().equals(new X500Principal(value));
      case DNS -> alternatives(certificate, DNS).stream().anyMatch(value::equalsIgnoreCase);
      case URI -> alternatives(certificate, URI).contains(value);
      case IP -> alternatives(certificate, IP).stream().anyMatch(found -> IpAddresses.same(found, value));
      case EMAIL -> alternatives(certificate, EMAIL).contains(value);
    };
  }

  private static List<String> alternatives(X509Certificate certificate, int type) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names.stream().filter(name -> name.get(0).equals(type))
          .map(name -> name.get(1)).filter(String.class::isInstance).map(String.class::cast).toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }
}
