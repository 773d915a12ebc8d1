package dev.mintlog.standalone.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate with its private key, on P-256: every client that speaks TLS 1.2 knows that. */
record KeyedCertificate(X509Certificate certificate, PrivateKey privateKey) {
  // RFC 5280 §4.1.2.2: positive, at most 20 octets.
  private static final int SERIAL_BITS = 127;

  /** What a certificate says beside its names, its times and its key. */
  @FunctionalInterface
  interface Extensions {
    void addTo(JcaX509v3CertificateBuilder builder) throws CertIOException;
  }

  static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  static BigInteger newSerial() {
    return new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1);
  }

  /** A certificate that signs itself. */
  static KeyedCertificate selfSigned(X500Name name, BigInteger serial, Instant from, Instant to, Extensions extensions)
      throws GeneralSecurityException {
    KeyPair keys = newKeys();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(name, serial, Date.from(from), Date.from(to), name, keys.getPublic());
    return new KeyedCertificate(signed(builder, extensions, keys, keys), keys.getPrivate());
  }

  /** A certificate of new keys, signed by this one. */
  KeyedCertificate issue(X500Name name, Instant from, Instant to, Extensions extensions) throws GeneralSecurityException {
    KeyPair keys = newKeys();
    JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(certificate, newSerial(), Date.from(from),
        Date.from(to), new javax.security.auth.x500.X500Principal(encoded(name)), keys.getPublic());
    return new KeyedCertificate(
        signed(builder, extensions, keys, new KeyPair(certificate.getPublicKey(), privateKey)), keys.getPrivate());
  }

  private static X509Certificate signed(JcaX509v3CertificateBuilder builder, Extensions extensions, KeyPair subject,
      KeyPair issuer) throws GeneralSecurityException {
    try {
      JcaX509ExtensionUtils keyIds = new JcaX509ExtensionUtils();
      builder.addExtension(Extension.subjectKeyIdentifier, false, keyIds.createSubjectKeyIdentifier(subject.getPublic()));
      builder.addExtension(Extension.authorityKeyIdentifier, false,
          keyIds.createAuthorityKeyIdentifier(issuer.getPublic()));
      extensions.addTo(builder);
      return new JcaX509CertificateConverter().getCertificate(
          builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    } catch (CertIOException | OperatorCreationException e) {
      throw new GeneralSecurityException("a certificate can be made", e);
    }
  }

  private static byte[] encoded(X500Name name) throws GeneralSecurityException {
    try {
      return name.getEncoded();
    } catch (java.io.IOException e) {
      throw new GeneralSecurityException("a name can be encoded", e);
    }
  }

  boolean isGoodAt(Instant when) {
    return !when.isBefore(certificate.getNotBefore().toInstant()) && when.isBefore(certificate.getNotAfter().toInstant());
  }

  @Override
  public String toString() {
    return "KeyedCertificate[" + certificate.getSubjectX500Principal() + "]";
  }
}
