package dev.mintlog.edge.notification;

import dev.mintlog.edge.tls.TestCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.bouncycastle.asn1.x509.GeneralName;

/** A client's endpoint on loopback that answers with prepared bytes, the last ones for ever. */
final class TestEndpoint implements AutoCloseable {
  final List<String> received = new CopyOnWriteArrayList<>();

  private final List<String> answers;
  private final SSLServerSocket server;
  private final String authorities;

  /** @param answers as they go over the wire; an empty one stands for silence */
  TestEndpoint(String certifiedAddress, String... answers) throws Exception {
    this.answers = List.of(answers);
    TestCertificate authority = TestCertificate.authority("test");
    TestCertificate made = authority.issue("CN=client", TestCertificate.named(GeneralName.iPAddress, certifiedAddress));
    X509Certificate certificate = made.certificate();
    char[] password = "in memory".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("key", made.keys().getPrivate(), password, new X509Certificate[] {certificate});
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), null, null);
    this.authorities = TestCertificate.pem("CERTIFICATE", authority.certificate().getEncoded());
    this.server = (SSLServerSocket) context.getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread thread = new Thread(this::serve, "test-endpoint");
    thread.setDaemon(true);
    thread.start();
  }

  URI uri() {
    return URI.create("https://127.0.0.1:" + server.getLocalPort() + "/ping?of=bank");
  }

  /** In PEM. */
  String authorities() {
    return authorities;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (var socket = server.accept()) {
        String request = read(new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
        received.add(request);
        String answer = answers.get(Math.min(received.size(), answers.size()) - 1);
        if (answer.isEmpty()) {
          socket.getInputStream().read();
        } else {
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        // The other side went away; the next one may come.
      }
    }
  }

  private static String read(BufferedReader in) throws IOException {
    StringBuilder request = new StringBuilder();
    int length = 0;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      request.append(line).append('\n');
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
        length = Integer.parseInt(line.substring("content-length: ".length()));
      }
    }
    char[] body = new char[length];
    int read = 0;
    while (read < length) {
      read += in.read(body, read, length - read);
    }
    return request.append('\n').append(body).toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
