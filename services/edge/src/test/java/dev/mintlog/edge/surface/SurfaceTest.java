package dev.mintlog.edge.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.client.GrantType;
import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.FormParser;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parameters of each surface mean in the words of the registry. */
class SurfaceTest {
  private final RegistrySnapshot registry = TestRegistry.snapshot();
  private final RegisteredClient app = registry.client(TestRegistry.TENANT, "app").orElseThrow();
  private final RegisteredClient tv = registry.client(TestRegistry.TENANT, "tv").orElseThrow();

  private static Form form(String encoded) {
    return FormParser.parse(encoded.getBytes(StandardCharsets.UTF_8)).match(form -> form, refusal -> {
      throw new AssertionError(refusal);
    });
  }

  private Checked<Asked> read(RegisteredClient client, GrantType type, String encoded) {
    return Surface.ENTRA_V2.read(registry, TestRegistry.TENANT, client, Optional.ofNullable(type), form(encoded));
  }

  private static Asked accepted(Checked<Asked> checked) {
    return checked.match(asked -> asked, refusal -> {
      throw new AssertionError(refusal);
    });
  }

  private static Refusal refused(Checked<Asked> checked) {
    return checked.match(asked -> {
      throw new AssertionError(asked);
    }, refusal -> refusal);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {
      "scope=https://api.example/.default                          | api.read api.write        | https://api.example",
      "scope=https://api.example//.default+openid+profile          | api.read api.write        | https://api.example",
      "scope=https://api.example/api.read                          | api.read                  | https://api.example",
      "scope=api.read+openid+offline_access                        | api.read                  | -",
      "scope=.default                                              | api.read api.write        | -",
      "scope=.default&resource=https://api.example/                | api.read api.write        | https://api.example",
      "resource=https://api.example                                | api.read api.write        | https://api.example",
      "resource=https://api.example&scope=openid                   | api.read api.write        | https://api.example",
      "resource=https://api.example&scope=api.read                 | api.read                  | https://api.example",
      "x=y                                                         | -                         | -",
      "scope=no/such                                               | no/such                   | -"})
  void shouldReadWhatAClientAsksForItself(String encoded, String scope, String resource) {
    Form asked = accepted(read(app, GrantType.CLIENT_CREDENTIALS, encoded)).form();

    assertThat(asked.find("scope")).isEqualTo(Optional.ofNullable(scope));
    assertThat(asked.find("resource")).isEqualTo(Optional.ofNullable(resource));
  }

  /** Nothing that a client may have for itself is not everything that it may have. */
  @ParameterizedTest
  @ValueSource(strings = {"scope=openid+profile+offline_access", "scope=openid", "scope=offline_access+profile"})
  void shouldRefuseAClientThatAsksForItselfForNothingButAUsersScopes(String encoded) {
    Refusal refusal = refused(read(app, GrantType.CLIENT_CREDENTIALS, encoded));

    assertThat(refusal.error()).isEqualTo("invalid_scope");
    assertThat(refusal.description()).contains("expected resource/.default");
  }

  @Test
  void shouldLeaveToAConsentWhatItGranted() {
    Asked refresh = accepted(read(app, GrantType.REFRESH_TOKEN, "scope=https://api.example/.default+openid"));

    assertThat(refresh.form().find("scope")).isEmpty();
    assertThat(refresh.form().find("resource")).contains("https://api.example");
  }

  @Test
  void shouldKeepOfALibrarysScopesThoseThatTheClientMayHave() {
    assertThat(accepted(read(tv, null, "scope=https://api.example/api.read+openid+profile+offline_access")).form()
        .find("scope")).contains("api.read offline_access openid");
  }

  @ParameterizedTest
  @CsvSource({"scope=https://unknown.example/.default, invalid_scope", "scope=https://other-api.example/.default, invalid_scope",
      "scope=profile, invalid_scope", "resource=https://unknown.example, invalid_target", "scope=%C3%A9, invalid_scope"})
  void shouldRefuseWhatMeansNothingHereRatherThanGrantEverything(String encoded, String error) {
    assertThat(refused(read(tv, GrantType.PASSWORD, encoded)).error()).isEqualTo(error);
  }

  @Test
  void shouldAnswerInTheClientsSpelling() {
    Asked asked = accepted(read(app, GrantType.CLIENT_CREDENTIALS,
        "scope=https://api.example/api.read+https://api.example/.default"));

    assertThat(asked.scopeOfAnswer("api.read api.write"))
        .isEqualTo("https://api.example/api.read api.write https://api.example/.default");
  }

  @Test
  void shouldReadNothingIntoThePlainPaths() {
    Form form = form("scope=https://api.example/.default&resource=anything");

    assertThat(accepted(Surface.PLAIN.read(
        registry, TestRegistry.TENANT, app, Optional.of(GrantType.CLIENT_CREDENTIALS), form)).form()).isSameAs(form);
  }

  @ParameterizedTest
  @CsvSource({"invalid_grant, api.read, invalid_grant, bad_token", "invalid_scope, api.read, invalid_grant, consent_required",
      "invalid_scope, no-such, invalid_scope, ''", "temporarily_unavailable, api.read, temporarily_unavailable, ''"})
  void shouldSayWhereTheUserHasToSignInAgain(String error, String scope, String told, String suberror) {
    Refusal refusal = told(app, GrantType.REFRESH_TOKEN, "scope=" + scope, error);

    assertThat(refusal.error()).isEqualTo(told);
    assertThat(refusal.suberror()).isEqualTo(suberror);
    assertThat(told(app, GrantType.PASSWORD, "a=b", error).suberror()).isEmpty();
  }

  private Refusal told(RegisteredClient client, GrantType type, String encoded, String error) {
    return Surface.ENTRA_V2.told(registry.tenant(TestRegistry.TENANT).orElseThrow(), client, type, form(encoded),
        Refusal.decided(error, "why"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"refresh_token", "authorization_code", "urn:ietf:params:oauth:grant-type:device_code"})
  void shouldSayThatConsentIsMissingForAResourceOfWhichTheClientMayHaveAScope(String type) {
    Refusal refusal = told(app, GrantType.of(type), "resource=https://api.example", "invalid_target");

    assertThat(refusal.error()).isEqualTo("invalid_grant");
    assertThat(refusal.suberror()).isEqualTo("consent_required");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.description()).isEqualTo("why");
  }

  @ParameterizedTest
  @ValueSource(strings = {"resource=https://other-api.example", "resource=https://unknown.example", "scope=api.read",
      "resource=https://api.example&resource=https://other-api.example",
      "resource=https://api.example&scope=other.read"})
  void shouldNotSendTheUserToConsentToWhatTheClientMayNotHave(String encoded) {
    Refusal refusal = told(app, GrantType.REFRESH_TOKEN, encoded, "invalid_target");

    assertThat(refusal.error()).isEqualTo("invalid_target");
    assertThat(refusal.suberror()).isEmpty();
  }

  @Test
  void shouldNotSendTheUserToConsentWhereNoneGivesOneOrToMoreResourcesThanTheClientMayName() {
    RegisteredClient till = registry.client(TestRegistry.TENANT, "till").orElseThrow();
    String two = "resource=https://api.example&resource=https://api.example";

    assertThat(told(app, GrantType.CLIENT_CREDENTIALS, "resource=https://api.example", "invalid_target").error())
        .isEqualTo("invalid_target");
    assertThat(told(app, GrantType.REFRESH_TOKEN, two, "invalid_target").error()).isEqualTo("invalid_grant");
    assertThat(told(till, GrantType.REFRESH_TOKEN, two, "invalid_target").error()).isEqualTo("invalid_target");
  }

  @Test
  void shouldSayNothingOfConsentOnThePlainPaths() {
    assertThat(Surface.PLAIN.told(registry.tenant(TestRegistry.TENANT).orElseThrow(), app, GrantType.REFRESH_TOKEN,
        form("resource=https://api.example"), Refusal.decided("invalid_target", "why")).error()).isEqualTo("invalid_target");
  }
}
