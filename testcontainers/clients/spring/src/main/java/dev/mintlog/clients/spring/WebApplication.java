package dev.mintlog.clients.spring;

import java.security.Principal;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pages for people who are logged in, and an API for holders of access tokens. */
@SpringBootApplication
@RestController
public class WebApplication {
  /** Who is logged in. */
  @GetMapping("/")
  public Map<String, String> home(Principal user) {
    return Map.of("user", user.getName());
  }

  /** The access token that the application uses for the user; refreshed where it is about to expire. */
  @GetMapping("/token")
  public Map<String, String> token(@RegisteredOAuth2AuthorizedClient("mintlog") OAuth2AuthorizedClient mintlog) {
    return Map.of("access_token", mintlog.getAccessToken().getTokenValue());
  }

  /** The API, for who has {@code orders.read} in a JWT. */
  @GetMapping("/orders")
  public Map<String, String> orders(Principal caller) {
    return Map.of("caller", caller.getName());
  }

  /** The same for who has it by a reference token. */
  @GetMapping("/opaque-orders")
  public Map<String, String> opaqueOrders(Principal caller) {
    return Map.of("caller", caller.getName());
  }
}
