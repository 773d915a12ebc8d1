package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.BenchException;
import dev.mintlog.bench.script.FormFields;
import dev.mintlog.bench.script.Script;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How the client under load proves itself at the token endpoint, by the names of OpenID Connect Core §9. */
public enum ClientAuth {
  CLIENT_SECRET_BASIC {
    @Override
    public Script clientCredentials(LoadedClient client, DemoFile demo) {
      return script(client.headers().containsKey("Authorization") ? client
          : client.withHeader("Authorization", demo.client(client.id()).basic()));
    }
  },
  CLIENT_SECRET_POST {
    @Override
    public Script clientCredentials(LoadedClient client, DemoFile demo) {
      Map<String, String> form = new LinkedHashMap<>();
      form.put("client_id", client.id());
      form.put("client_secret", demo.client(client.id()).secret());
      form.putAll(client.moreForm());
      return script(new LoadedClient(client.id(), client.tokenEndpoint(), client.headers(), form));
    }
  },
  PRIVATE_KEY_JWT {
    @Override
    public Script clientCredentials(LoadedClient client, DemoFile demo) {
      SignedAssertions assertions = new SignedAssertions("client_assertion", demo.assertionKey(), client);
      // The client is known by the assertion's sub.
      return Script.repeating(client.token(FormFields.ofGrant("client_credentials")
          .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
          .withValue("client_assertion"), assertions::makeFor));
    }
  };

  /** What every virtual user does to get tokens of client_credentials, proving the client so. */
  public abstract Script clientCredentials(LoadedClient client, DemoFile demo);

  private static Script script(LoadedClient client) {
    return Script.repeating(client.tokenEndpoint(), client.fixedTokenRequest("client_credentials"));
  }

  public String methodName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** @throws BenchException where there is none of the name, naming those there are */
  public static ClientAuth of(String name) {
    return Arrays.stream(values()).filter(auth -> auth.methodName().equals(name)).findFirst()
        .orElseThrow(() -> new BenchException("--client-auth " + name + ": expected some of "
            + Arrays.stream(values()).map(ClientAuth::methodName).collect(Collectors.joining(", "))));
  }
}
