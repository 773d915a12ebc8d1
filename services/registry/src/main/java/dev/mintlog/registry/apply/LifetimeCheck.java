package dev.mintlog.registry.apply;

import dev.mintlog.channel.log.LogLayout;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.TenantDocument;
import dev.mintlog.registry.document.text.DurationText;
import dev.mintlog.registry.document.text.InvalidRegistryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** No authorization may live longer than the changelog that it is restored from: a lost Redis would end or revive it. */
public final class LifetimeCheck {
  private LifetimeCheck() {}

  /** Whether there is a client whose authorizations may live longer than the usual changelog is kept. */
  public static boolean isBeyondTheUsual(RegistryDocument document) {
    return !problems(document, LogLayout.AUTHORIZATIONS_RETENTION).isEmpty();
  }

  static void require(RegistryDocument document, Duration kept) {
    List<String> problems = problems(document, kept);
    if (!problems.isEmpty()) {
      throw new InvalidRegistryException(problems);
    }
  }

  private static List<String> problems(RegistryDocument document, Duration kept) {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < document.tenants().size(); i++) {
      TenantDocument tenant = document.tenants().get(i);
      for (int j = 0; j < tenant.clients().size(); j++) {
        RegisteredClient client = tenant.clients().get(j);
        Duration lifetime = client.client().refresh().absoluteLifetime();
        if (lifetime.compareTo(kept) > 0) {
          problems.add("tenants[" + i + "].clients[" + j + "].refresh.absoluteLifetime: expected at most "
              + DurationText.write(kept) + ", which the topic 'authorizations' is kept, found "
              + DurationText.write(lifetime) + " (client '" + client.id()
              + "'); shorten it, or raise retention.ms of the topic first");
        }
      }
    }
    return problems;
  }
}
