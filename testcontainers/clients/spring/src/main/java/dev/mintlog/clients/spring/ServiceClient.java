package dev.mintlog.clients.spring;

import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/** A service that asks for tokens of its own through Spring's OAuth2AuthorizedClientManager. */
final class ServiceClient {
  private static final String SERVICE = "service";

  private final Map<String, String> asked;
  private final AuthorizedClientServiceOAuth2AuthorizedClientManager manager;

  ServiceClient(Map<String, String> asked) {
    this.asked = asked;
    InMemoryClientRegistrationRepository clients = new InMemoryClientRegistrationRepository(registration());
    manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(
        clients, new InMemoryOAuth2AuthorizedClientService(clients));
    manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
        .clientCredentials(grant -> grant.accessTokenResponseClient(tokenClient())).build());
  }

  Map<String, String> authorize() {
    OAuth2AuthorizedClient client =
        manager.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(SERVICE).principal("nobody").build());
    return Map.of("access_token", client.getAccessToken().getTokenValue(),
        "scope", String.join(" ", client.getAccessToken().getScopes()));
  }

  private ClientRegistration registration() {
    String issuer = asked.get("issuer");
    return ClientRegistrations.fromIssuerLocation(issuer)
        .registrationId(SERVICE)
        .clientId(asked.get("client_id"))
        .clientSecret(asked.getOrDefault("secret", ""))
        .clientAuthenticationMethod(
            new ClientAuthenticationMethod(asked.getOrDefault("method", "client_secret_basic")))
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .scope(asked.get("scope").split(" "))
        .build();
  }

  private RestClientClientCredentialsTokenResponseClient tokenClient() {
    RestClientClientCredentialsTokenResponseClient client = new RestClientClientCredentialsTokenResponseClient();
    var assertions = new NimbusJwtClientAuthenticationParametersConverter<OAuth2ClientCredentialsGrantRequest>(
        registration -> key());
    Duration age = Duration.parse(asked.getOrDefault("age", "PT0S"));
    if (!age.isZero()) {
      Instant made = Instant.now().minus(age);
      assertions.setJwtClientAssertionCustomizer(
          context -> context.getClaims().issuedAt(made).expiresAt(made.plusSeconds(60)));
    }
    client.addParametersConverter(assertions);
    return client;
  }

  private JWK key() {
    try {
      return JWK.parse(asked.get("key"));
    } catch (ParseException e) {
      throw new IllegalArgumentException("expected a JWK", e);
    }
  }
}
