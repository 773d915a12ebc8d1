package dev.mintlog.edge;

import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.KeyedDigest;
import dev.mintlog.claims.ClaimsProvider;
import dev.mintlog.edge.claims.UserClaims;
import dev.mintlog.edge.command.grant.ExtensionCommands;
import dev.mintlog.edge.command.grant.ExtensionGrants;
import dev.mintlog.edge.command.grant.PasswordReader;
import dev.mintlog.edge.http.server.GrantParts;
import dev.mintlog.edge.limit.SignInLimits;
import dev.mintlog.edge.proof.SlowVerifications;
import dev.mintlog.edge.provider.ProviderThreads;
import dev.mintlog.edge.user.RegisteredUsers;
import dev.mintlog.edge.user.UserProvider;
import dev.mintlog.edge.user.Users;
import dev.mintlog.edge.userprovider.UserProviders;
import dev.mintlog.extension.ExtensionGrant;
import dev.mintlog.runtime.lifecycle.OpenedParts;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an edge asks that others have written or that is elsewhere: of users, of claims, and of grants of their own. */
final class EdgeProviders {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeProviders.class);

  private final EdgeConfig config;
  private final OpenedParts opened;
  private final SecureRandom random;

  EdgeProviders(EdgeConfig config, OpenedParts opened, SecureRandom random) {
    this.config = config;
    this.opened = opened;
    this.random = random;
  }

  UserClaims userClaims() {
    List<ClaimsProvider> providers = found(ClaimsProvider.class);
    if (!providers.isEmpty()) {
      LOG.info("claims providers: {}", providers.stream().map(ClaimsProvider::name).toList());
    }
    return new UserClaims(providers, opened.add(
        "claims providers", new ProviderThreads("claims provider", config.claimsProviders())));
  }

  GrantParts grants(SignInLimits signIns, UserClaims userClaims) {
    ExtensionCommands commands =
        new ExtensionCommands(userClaims, new Sealer(config.channel(), Direction.COMMAND), random);
    return GrantParts.of(config.channel(), passwords(signIns, userClaims), commands, extensions(commands));
  }

  private ExtensionGrants extensions(ExtensionCommands commands) {
    List<ExtensionGrant> grants = found(ExtensionGrant.class);
    if (!grants.isEmpty()) {
      LOG.info("extension grants: {}", grants.stream().map(ExtensionGrant::type).toList());
    }
    ProviderThreads threads = opened.add(
        "extension grants", new ProviderThreads("extension grant", config.extensionGrants()));
    return new ExtensionGrants(grants, threads, commands);
  }

  // Passwords have threads of their own: whoever guesses them must not keep clients from proving themselves.
  private PasswordReader passwords(SignInLimits signIns, UserClaims userClaims) {
    SlowVerifications slow = opened.add("passwords", new SlowVerifications(
        "edge-password", config.passwords().threads(), config.passwords().queueMax()));
    List<UserProvider> providers = new ArrayList<>(List.of(new RegisteredUsers(slow, random)));
    config.userProviders().file()
        .map(file -> opened.add("user providers", UserProviders.open(file, config.userProviders().bounds())))
        .ifPresent(found -> providers.addAll(found.providers()));
    LOG.info("providers of users: {}", providers.stream().map(UserProvider::name).toList());
    return new PasswordReader(new Users(providers), signIns, config.passwords().acrValues(),
        new KeyedDigest(config.channel(), "username"), userClaims, new Sealer(config.channel(), Direction.COMMAND),
        random);
  }

  private static <T> List<T> found(Class<T> extension) {
    return ServiceLoader.load(extension).stream().map(ServiceLoader.Provider::get).toList();
  }
}
