package dev.mintlog.edge.http.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.http.ServedEdge;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of an edge without a login application; EntraStyleTest has one with. */
class AuthorizationRedirectTest {

  @ParameterizedTest
  @ValueSource(strings = {"/default/oauth2/v2.0/authorize", "/default/oauth2/authorize?a=b", "/adfs/oauth2/authorize"})
  void shouldSayWhatIsMissingWhereNoLoginApplicationIsConfigured(String path) throws Exception {
    try (ServedEdge edge = new ServedEdge()) {
      HttpResponse<String> answer = edge.now(HttpRequest.newBuilder(edge.url(path)));

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().firstValue("Location")).isEmpty();
      assertThat(answer.body()).contains("authorization-endpoint");
    }
  }
}
