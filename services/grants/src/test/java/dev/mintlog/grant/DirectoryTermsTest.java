package dev.mintlog.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.DirectoryClaims;
import dev.mintlog.answer.GrantTerms;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Revocations;
import dev.mintlog.client.Tenant;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the name of a user is told: an API that wants it, and the client. */
class DirectoryTermsTest {
  private static final ClaimValues ANA =
      ClaimValues.NONE.withText("upn", "ana@directory.example").withText("preferred_username", "ana");

  private static Registration wanting(Map<String, Set<String>> userClaims) {
    return new Registration(
        new Tenant("default", Given.ISSUER, Given.TENANT.scopes(), Given.TENANT.keys(), userClaims), Given.client(),
        Revocations.NONE);
  }

  private static TokenRequest password(Delivery delivery, ClaimValues claims) {
    return Given.request(delivery, new Grant.Password(
        Given.ID, "alice", delivery.requestedAt(), Optional.empty(), List.of("pwd"), "local", claims));
  }

  private static GrantTerms granted(Set<String> wanted, ClaimValues claims, String scope) {
    return Play.under(wanting(Map.of("https://orders.example.org", wanted)))
        .then(delivery -> Given.inEntraStyle(password(delivery, claims), scope)).granted().terms();
  }

  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {"upn, ana@directory.example", "preferred_username, ana", "email, -"})
  void shouldTellAnApiTheNameByTheClaimThatItWants(String wanted, String upn) {
    GrantTerms terms = granted(Set.of(wanted), ANA, "orders");

    assertThat(terms.claims().text("upn")).isEqualTo(Optional.ofNullable(upn));
    assertThat(terms.claims().text("preferred_username").isPresent()).isEqualTo(wanted.equals("preferred_username"));
  }

  @Test
  void shouldTellAnApiThatWantsAUpnTheOneNameThereIs() {
    GrantTerms terms = granted(Set.of("upn"), ClaimValues.NONE.withText("preferred_username", "typed"), "orders");

    assertThat(terms.claims().jsonByName()).containsOnlyKeys("upn").containsEntry("upn", "\"typed\"");
  }

  @Test
  void shouldTellNoOtherApiButTheClient() {
    GrantTerms terms = granted(Set.of("upn", "preferred_username"), ANA, "openid stock");

    assertThat(terms.audience()).containsExactly("https://stock.example.org");
    assertThat(terms.claims()).isEqualTo(ClaimValues.NONE);
    assertThat(terms.directory()).contains(new DirectoryClaims("default", Optional.of("ana@directory.example")));
  }

  @Test
  void shouldTellWhereSeveralApisAreMeantWhatOneOfThemWants() {
    assertThat(granted(Set.of("upn"), ANA, "stock orders").claims().text("upn")).contains("ana@directory.example");
  }

  @Test
  void shouldMakeNoUpnWhereNoClientOfEntraIdAsks() {
    Play play = Play.under(wanting(Map.of("https://orders.example.org", Set.of("upn"))))
        .then(delivery -> password(delivery, ClaimValues.NONE.withText("preferred_username", "typed")));

    assertThat(play.granted().terms().claims()).isEqualTo(ClaimValues.NONE);
    assertThat(play.granted().terms().directory()).isEmpty();
  }
}
