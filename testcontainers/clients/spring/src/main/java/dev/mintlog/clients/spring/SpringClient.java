package dev.mintlog.clients.spring;

import dev.mintlog.clients.deeds.Deeds;
import java.io.IOException;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.context.WebServerApplicationContext;

/** The program that a test starts. */
public final class SpringClient {
  private SpringClient() {}

  public static void main(String[] arguments) throws IOException {
    new Deeds()
        .with("serve", asked -> Map.of("port", serve()))
        .with("client-credentials", asked -> new ServiceClient(asked).authorize())
        .answer();
  }

  /** @return the port on loopback */
  private static String serve() {
    WebServerApplicationContext context =
        (WebServerApplicationContext) SpringApplication.run(WebApplication.class);
    return Integer.toString(context.getWebServer().getPort());
  }
}
