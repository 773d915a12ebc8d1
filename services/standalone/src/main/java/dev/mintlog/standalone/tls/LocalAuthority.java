package dev.mintlog.standalone.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;

/**
 * The certificate authority of one machine. People put it among what their whole machine trusts, and its key lies in a
 * file: so it can vouch for loopback and for nothing else.
 */
final class LocalAuthority {
  private static final Duration LIFETIME = Duration.ofDays(3650);
  private static final Duration BACKDATED = Duration.ofHours(1);

  private final CertificateFiles files;

  LocalAuthority(Path certificate, Path privateKey) {
    files = new CertificateFiles(certificate, privateKey);
  }

  /**
   * The same at every start, until it is about to end. Half of it is an error and no reason to make another: clients trust
   * the one they were given.
   */
  KeyedCertificate keptOrMade(Instant now) throws IOException, GeneralSecurityException {
    if (files.isAnyThere()) {
      KeyedCertificate kept = files.read();
      if (kept.isGoodAt(now.plus(LocalTls.RENEWED_BEFORE_END))) {
        return kept;
      }
    }
    BigInteger serial = KeyedCertificate.newSerial();
    // Two authorities of one name would be mistaken for one another where both are trusted.
    X500Name name = new X500Name("CN=Mintlog local CA " + serial.toString(16).substring(0, 8));
    KeyedCertificate made = KeyedCertificate.selfSigned(name, serial, now.minus(BACKDATED), now.plus(LIFETIME),
        LocalAuthority::describe);
    files.write(made);
    return made;
  }

  private static void describe(JcaX509v3CertificateBuilder builder) throws CertIOException {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    // RFC 5280 §4.2.1.10: "indicates a name space within which all subject names in subsequent certificates in a
    // certification path MUST be located".
    builder.addExtension(Extension.nameConstraints, true, new NameConstraints(new GeneralSubtree[] {
        new GeneralSubtree(new GeneralName(GeneralName.dNSName, "localhost")),
        new GeneralSubtree(new GeneralName(GeneralName.iPAddress, "127.0.0.0/8")),
        new GeneralSubtree(new GeneralName(GeneralName.iPAddress, "::1/128"))}, null));
  }
}
