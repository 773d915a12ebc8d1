package dev.mintlog.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlsTest {
  private final PublicUrls urls = at("https://id.example/", "login.example", "other.example:8443");

  private static PublicUrls at(String publicUrl, String... otherHosts) {
    return new PublicUrls(
        URI.create(publicUrl), Optional.empty(), URI.create("https://id.example/device"), List.of(otherHosts));
  }

  @ParameterizedTest
  @CsvSource({"https://id.example/x, https://id.example", "https://id.example:443/x, https://id.example",
      "HTTPS://ID.example/x, https://id.example", "https://login.example/x, https://login.example",
      "https://login.example:443/x, https://login.example", "https://other.example:8443/x, https://other.example:8443"})
  void shouldKnowWhereItIsServedByWhatAUrlAmountsTo(String url, String base) {
    assertThat(urls.servedAt(URI.create(url))).contains(URI.create(base));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://id.example/x", "http://id.example:443/x", "https://id.example:80/x",
      "https://id.example.evil.example/x", "https://other.example/x", "https://login.example:8443/x"})
  void shouldKnowOfNoOtherSchemeHostOrPort(String url) {
    assertThat(urls.servedAt(URI.create(url))).isEmpty();
  }

  @Test
  void shouldTakeThePortOfHttpForWhatItIsToo() {
    assertThat(at("http://localhost").servedAt(URI.create("http://localhost:80/x"))).isPresent();
    assertThat(at("http://localhost:443").servedAt(URI.create("http://localhost/x"))).isEmpty();
  }

  @Test
  void shouldTakeAnAssertionForAHostWithItsDefaultPortAndWithout() {
    assertThat(urls.audiences("acme", "/acme/oauth2/v2.0/token")).containsExactlyInAnyOrder(
        "https://id.example/acme/connect/token", "https://id.example/acme/oauth2/token",
        "https://id.example/acme/oauth2/v2.0/token", "https://login.example/acme/oauth2/v2.0/token",
        "https://login.example:443/acme/oauth2/v2.0/token", "https://other.example:8443/acme/oauth2/v2.0/token");
  }

  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {
      "https://login.example/go,     default, a=b%26c, https://login.example/go?a=b%26c",
      "https://login.example/go,     acme,    a=b,     https://login.example/go/acme?a=b",
      "https://login.example/go?x=y, acme,    a=b,     https://login.example/go/acme?x=y&a=b",
      "https://login.example/go?x=y, default, -,       https://login.example/go?x=y"})
  void shouldLeadAnAuthorizationRequestToTheLoginApplicationAsItIs(URI endpoint, String tenant, String query, String url) {
    PublicUrls leading = new PublicUrls(
        URI.create("https://id.example"), Optional.of(endpoint), URI.create("https://id.example/device"));

    assertThat(leading.authorizationRequest(tenant, Optional.ofNullable(query))).contains(url);
    assertThat(urls.authorizationRequest(tenant, Optional.ofNullable(query))).isEmpty();
  }
}
