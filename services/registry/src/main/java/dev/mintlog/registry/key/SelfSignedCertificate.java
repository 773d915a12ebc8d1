package dev.mintlog.registry.key;

import dev.mintlog.client.SigningAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate that says nothing but its key, for the clients that read keys from {@code x5c} alone. */
final class SelfSignedCertificate {
  private static final Duration BACKDATED = Duration.ofDays(1);
  private static final Duration LIFETIME = Duration.ofDays(3650);

  private SelfSignedCertificate() {}

  static X509Certificate of(KeyPair pair, SigningAlgorithm algorithm, String kid, Instant now)
      throws GeneralSecurityException {
    // A kid of ours is base64url: nothing in it needs quoting in a name.
    X500Name name = new X500Name("CN=mintlog " + kid);
    BigInteger serial = new BigInteger(1, kid.getBytes(java.nio.charset.StandardCharsets.US_ASCII)).shiftRight(32);
    JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
        name, serial, Date.from(now.minus(BACKDATED)), Date.from(now.plus(LIFETIME)), name, pair.getPublic());
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(signature(algorithm)).build(pair.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("a certificate of " + algorithm.jws() + " can be made", e);
    }
  }

  private static String signature(SigningAlgorithm algorithm) {
    return switch (algorithm) {
      case RS256, PS256 -> "SHA256withRSA";
      case ES256 -> "SHA256withECDSA";
      case EDDSA -> "Ed25519";
    };
  }
}
