package dev.mintlog.edge.command.grant;

import dev.mintlog.edge.provider.ProviderThreads;
import dev.mintlog.extension.ExtensionGrant;
import dev.mintlog.runtime.lifecycle.StartException;
import java.util.List;
import java.util.Set;

/** The extension grants of an edge, RFC 6749 §4.5, and what asking them takes. */
public final class ExtensionGrants {
  /** Secrets that authenticate a client are not for extensions, and what every grant has is read for them. */
  private static final Set<String> RESERVED = Set.of("grant_type", "client_id", "client_secret", "client_assertion",
      "client_assertion_type", "scope", "resource", "audience");

  private final List<GrantReader> readers;

  /** @throws StartException one line, where one cannot be served */
  public ExtensionGrants(List<ExtensionGrant> grants, ProviderThreads threads, ExtensionCommands commands) {
    grants.forEach(ExtensionGrants::check);
    this.readers =
        grants.stream().<GrantReader>map(grant -> new ExtensionGrantReader(grant, threads, commands)).toList();
  }

  List<GrantReader> readers() {
    return readers;
  }

  private static void check(ExtensionGrant grant) {
    String name = "extension grant " + grant.getClass().getName();
    // RFC 6749 §4.5: "The client uses an extension grant type by specifying the grant type using an absolute URI". The
    // registry takes no other for a client.
    if (!grant.type().value().contains(":")) {
      throw new StartException(name + " has the grant type " + grant.type() + "; expected an absolute URI");
    }
    grant.parameters().stream().filter(RESERVED::contains).findFirst().ifPresent(reserved -> {
      throw new StartException(name + " reads the parameter " + reserved + "; expected parameters of its own");
    });
  }
}
