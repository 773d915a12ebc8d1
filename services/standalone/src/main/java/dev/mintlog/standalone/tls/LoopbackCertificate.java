package dev.mintlog.standalone.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;

/** The certificate of a server on loopback. */
final class LoopbackCertificate {
  // What browsers accept at most.
  private static final Duration LIFETIME = Duration.ofDays(397);
  private static final Duration BACKDATED = Duration.ofHours(1);

  private final CertificateFiles files;

  LoopbackCertificate(Path certificate, Path privateKey) {
    files = new CertificateFiles(certificate, privateKey);
  }

  /** Kept while it is the authority's and not about to end; whatever else lies there is replaced. */
  KeyedCertificate keptOrIssued(KeyedCertificate authority, Instant now) throws IOException, GeneralSecurityException {
    if (files.exist() && isUsable(authority, now)) {
      return files.read();
    }
    Instant end = now.plus(LIFETIME);
    Instant authorityEnd = authority.certificate().getNotAfter().toInstant();
    KeyedCertificate issued = authority.issue(new X500Name("CN=localhost"), now.minus(BACKDATED),
        end.isBefore(authorityEnd) ? end : authorityEnd, LoopbackCertificate::describe);
    files.write(issued);
    return issued;
  }

  private boolean isUsable(KeyedCertificate authority, Instant now) throws IOException {
    try {
      KeyedCertificate kept = files.read();
      kept.certificate().verify(authority.certificate().getPublicKey());
      return kept.isGoodAt(now.plus(LocalTls.RENEWED_BEFORE_END));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void describe(JcaX509v3CertificateBuilder builder) throws CertIOException {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
        new GeneralName(GeneralName.dNSName, "localhost"),
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
        new GeneralName(GeneralName.iPAddress, "::1")}));
  }
}
