package dev.mintlog.edge.tls;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A certificate with its chain and its private key in a PKCS#12 file, RFC 7292. */
record KeyStoreFile(Path path, Optional<Secret> password) implements CertificateSource {

  @Override
  public List<Named> files() {
    return List.of(new Named(TlsKeys.KEY_STORE, path));
  }

  @Override
  public ServedCertificate parse(List<byte[]> contents) {
    char[] characters = password.map(Secret::reveal).orElse("").toCharArray();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(contents.get(0)), characters);
      String alias = alias(store);
      X509Certificate[] chain = Arrays.stream(store.getCertificateChain(alias))
          .map(X509Certificate.class::cast).toArray(X509Certificate[]::new);
      return ServedCertificate.of((PrivateKey) store.getKey(alias, characters), List.of(chain));
    } catch (UnrecoverableKeyException e) {
      throw wrongPassword();
    } catch (IOException e) {
      throw e.getCause() instanceof UnrecoverableKeyException ? wrongPassword() : notReadable();
    } catch (GeneralSecurityException e) {
      throw notReadable();
    }
  }

  private String alias(KeyStore store) throws GeneralSecurityException {
    List<String> keys = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
        keys.add(alias);
      }
    }
    if (keys.size() != 1) {
      throw files().get(0).problem("it holds " + keys.size() + " private keys with certificates",
          "name a file with one");
    }
    return keys.get(0);
  }

  private ConfigException wrongPassword() {
    return new ConfigException(TlsKeys.PASSWORD + " is " + (password.isPresent() ? Secret.REDACTED : "missing")
        + ", but " + path + " (" + TlsKeys.KEY_STORE + ") does not open with it; give the password of that file");
  }

  private ConfigException notReadable() {
    return files().get(0).problem("it is no PKCS#12 file", "make one with openssl pkcs12 -export");
  }
}
