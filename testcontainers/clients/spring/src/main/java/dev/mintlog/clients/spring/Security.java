package dev.mintlog.clients.spring;

import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/** Who may see what, and how they prove it. */
@Configuration
public class Security {
  private static final String MAY_READ = "SCOPE_orders.read";

  // Mintlog's access tokens say what they are, RFC 9068 §2.1; Spring's default expects the type JWT.
  @Bean
  JwtDecoder jwtDecoder(
      @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri}") String issuer,
      @Value("${spring.security.oauth2.resourceserver.jwt.audiences}") String audience) {
    NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer).validateType(false).build();
    decoder.setJwtValidator(JwtValidators.createAtJwtValidator().issuer(issuer).audience(audience)
        // Of any client; Spring wants to be told so.
        .validators(all -> all.put("client_id", new JwtClaimValidator<>("client_id", Objects::nonNull))).build());
    return decoder;
  }

  @Bean
  @Order(1)
  SecurityFilterChain jwts(HttpSecurity http) throws Exception {
    return http.securityMatcher("/orders")
        .authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority(MAY_READ))
        .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain referenceTokens(HttpSecurity http) throws Exception {
    return http.securityMatcher("/opaque-orders")
        .authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority(MAY_READ))
        .oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()))
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain pages(HttpSecurity http, ClientRegistrationRepository clients) throws Exception {
    DefaultOAuth2AuthorizationRequestResolver withPkce =
        new DefaultOAuth2AuthorizationRequestResolver(clients, "/oauth2/authorization");
    withPkce.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .oauth2Login(login -> login.authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(withPkce)))
        .build();
  }
}
