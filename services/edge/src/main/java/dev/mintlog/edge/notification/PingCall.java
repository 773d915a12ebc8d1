package dev.mintlog.edge.notification;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST over a connection of its own. Written by hand because of one danger: an HTTP client resolves the name once more,
 * so that the address that is reached need not be the one that was judged. Nothing is followed, and of the answer no more
 * than its status is read. Blocks, for no longer than the time-out (and the resolver).
 */
final class PingCall {
  static final int ANSWER_BYTES_MAX = 8_192;
  private static final int HTTPS_PORT = 443;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: [^\r\n]*)?");

  private final Addresses addresses;
  private final SSLSocketFactory tls;
  private final Duration timeout;
  private final ScheduledExecutorService watch;

  /** @param watch ends what takes longer than the time-out */
  PingCall(Addresses addresses, SSLSocketFactory tls, Duration timeout, ScheduledExecutorService watch) {
    this.addresses = addresses;
    this.tls = tls;
    this.timeout = timeout;
    this.watch = watch;
  }

  /** The status of the answer. */
  int send(Ping ping) throws IOException {
    URI endpoint = ping.endpoint();
    String host = endpoint.getHost().replaceAll("[\\[\\]]", "");
    int port = endpoint.getPort() < 0 ? HTTPS_PORT : endpoint.getPort();
    InetAddress address = addresses.of(host);
    try (Socket plain = new Socket()) {
      Future<?> end = watch.schedule(() -> close(plain), timeout.toMillis(), TimeUnit.MILLISECONDS);
      try {
        plain.connect(new InetSocketAddress(address, port), (int) timeout.toMillis());
        return exchange(plain, host, port, ping);
      } finally {
        end.cancel(false);
      }
    }
  }

  private int exchange(Socket plain, String host, int port, Ping ping) throws IOException {
    try (SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      // RFC 9110 §4.3.4: the certificate must be one for the host of the URL.
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      socket.getOutputStream().write(request(ping));
      socket.getOutputStream().flush();
      return status(socket.getInputStream());
    }
  }

  // OpenID CIBA Core §10.2: the token in the Authorization header, auth_req_id in a JSON object. Both have none of the
  // characters that JSON or a header would have to escape.
  private static byte[] request(Ping ping) {
    URI endpoint = ping.endpoint();
    String path = endpoint.getRawPath() == null || endpoint.getRawPath().isEmpty() ? "/" : endpoint.getRawPath();
    String query = endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery();
    String body = "{\"auth_req_id\":\"" + ping.authReqId() + "\"}";
    return ("POST " + path + query + " HTTP/1.1\r\n"
        + "Host: " + endpoint.getRawAuthority() + "\r\n"
        + "Authorization: Bearer " + ping.token() + "\r\n"
        + "Content-Type: application/json\r\n"
        + "Content-Length: " + body.length() + "\r\n"
        + "Connection: close\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
  }

  private static int status(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = 0; read < ANSWER_BYTES_MAX; read++) {
      int next = in.read();
      if (next < 0 || next == '\n') {
        Matcher status = STATUS_LINE.matcher(line.toString(StandardCharsets.ISO_8859_1).stripTrailing());
        if (status.matches()) {
          return Integer.parseInt(status.group(1));
        }
        throw new IOException("expected an answer of HTTP/1.1, but found something else");
      }
      line.write(next);
    }
    throw new IOException("expected a status line of at most " + ANSWER_BYTES_MAX + " bytes, but found a longer one");
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is as good as closed.
    }
  }
}
