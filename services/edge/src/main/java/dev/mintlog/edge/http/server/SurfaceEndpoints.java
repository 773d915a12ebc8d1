package dev.mintlog.edge.http.server;

import dev.mintlog.edge.command.grant.GrantReaders;
import dev.mintlog.edge.http.ClientExchange;
import dev.mintlog.edge.http.CrossOrigin;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.EntraPaths;
import dev.mintlog.edge.http.ErrorResponses;
import dev.mintlog.edge.http.PathTable;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.edge.http.discovery.AuthorizationRedirect;
import dev.mintlog.edge.http.discovery.EntraMetadata;
import dev.mintlog.edge.http.discovery.InstanceDiscovery;
import dev.mintlog.edge.http.discovery.Jwks;
import dev.mintlog.edge.http.discovery.Metadata;
import dev.mintlog.edge.http.discovery.PublishedDocument;
import dev.mintlog.edge.http.discovery.UserRealm;
import dev.mintlog.edge.http.discovery.WebFinger;
import dev.mintlog.edge.http.token.AssertedClients;
import dev.mintlog.edge.http.token.DeviceAuthorizationEndpoint;
import dev.mintlog.edge.http.token.SenderConstraints;
import dev.mintlog.edge.http.token.TokenEndpoint;
import dev.mintlog.edge.http.token.TokenResponses;
import dev.mintlog.edge.surface.Surface;
import dev.mintlog.registry.RegistrySnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The endpoints that there are for every surface, and the documents that lead to them. */
final class SurfaceEndpoints {
  private static final Duration METADATA_MAX_AGE = Duration.ofMinutes(5);

  private final HttpWiring wiring;
  private final GrantReaders grants;
  private final Metadata metadata;
  private final Endpoint jwks;

  SurfaceEndpoints(HttpWiring wiring, GrantReaders grants) {
    this.wiring = wiring;
    this.grants = grants;
    this.metadata = new Metadata(wiring.urls(), grants, wiring.proofs().certificates());
    this.jwks = new SharedEndpoint(new PublishedDocument(
        wiring.registry(), settings -> settings.signingKeys().jwksMaxAge(), Jwks::write), CrossOrigin.ANYBODY);
  }

  Endpoint token(Surface surface) {
    ErrorResponses errors = errors(surface);
    ClientExchange exchange = wiring.exchange(errors);
    Endpoint token = new TokenEndpoint(surface, exchange,
        new AssertedClients(wiring.registry(), wiring.proofs().assertions(), exchange, wiring.denials(), errors),
        new SenderConstraints(wiring.proofs().certificates(), wiring.dpop()), grants,
        wiring.commands().sender(), wiring.denials(), new TokenResponses(wiring.handles(), surface), errors);
    return new SharedEndpoint(token, wiring.ofClients());
  }

  Endpoint device(Surface surface) {
    ErrorResponses errors = errors(surface);
    return new DeviceAuthorizationEndpoint(surface, wiring.exchange(errors), wiring.commands().device(),
        wiring.commands().sender(), wiring.handles(), errors, wiring.urls());
  }

  private ErrorResponses errors(Surface surface) {
    return new ErrorResponses(wiring.registry()).of(surface);
  }

  Endpoint metadata() {
    return document(metadata::write);
  }

  Endpoint jwks() {
    return jwks;
  }

  Endpoint webFinger() {
    return new SharedEndpoint(new WebFinger(wiring.urls()), CrossOrigin.ANYBODY);
  }

  private Endpoint document(BiFunction<RegistrySnapshot, String, Optional<String>> writer) {
    return new SharedEndpoint(
        new PublishedDocument(wiring.registry(), settings -> METADATA_MAX_AGE, writer), CrossOrigin.ANYBODY);
  }

  /** The endpoint of a path behind a tenant's name. */
  Function<String, Optional<Endpoint>> entra() {
    PathTable paths = new PathTable()
        .add(EntraPaths.TOKEN, named(token(Surface.ENTRA_V2)))
        .add(EntraPaths.DEVICE_CODE, named(device(Surface.ENTRA_V2)))
        .add(EntraPaths.TOKEN_V1, named(token(Surface.ENTRA_V1)))
        .add(EntraPaths.DEVICE_CODE_V1, named(device(Surface.ENTRA_V1)))
        .add(EntraPaths.AUTHORIZE, named(new AuthorizationRedirect(wiring.urls())))
        .add(EntraPaths.AUTHORIZE_V1, named(new AuthorizationRedirect(wiring.urls())))
        .add(EntraPaths.OPENID_CONFIGURATION, named(document(new EntraMetadata(metadata, wiring.urls())::write)))
        .add(EntraPaths.KEYS, jwks)
        .add(EntraPaths.KEYS_V1, jwks)
        .add(EntraPaths.INSTANCE, named(new InstanceDiscovery(wiring.urls())));
    Optional<Endpoint> userRealm = Optional.of(named(new UserRealm(wiring.urls())));
    return path -> paths.find(path).or(() ->
        EntraPaths.userOfRealm(path).isEmpty() ? Optional.empty() : userRealm);
  }

  /** The endpoint of a path behind {@code /adfs}. */
  Function<String, Optional<Endpoint>> adfs() {
    return new PathTable()
        .add(EntraPaths.TOKEN_V1, named(token(Surface.ADFS)))
        .add(EntraPaths.DEVICE_CODE_V1, named(device(Surface.ADFS)))
        .add(EntraPaths.AUTHORIZE_V1, named(new AuthorizationRedirect(wiring.urls())))
        .add(PublicUrls.OPENID_CONFIGURATION, named(document(new EntraMetadata(metadata, wiring.urls())::writeAdfs)))
        .add(EntraPaths.KEYS_V1, jwks)::find;
  }

  /** The endpoint of a path behind a name that a tenant is not registered by. */
  Function<String, Optional<Endpoint>> byOtherNames() {
    return new PathTable().add(PublicUrls.OPENID_CONFIGURATION,
        named(document(new EntraMetadata(metadata, wiring.urls())::writePlain)))::find;
  }

  private static Endpoint named(Endpoint endpoint) {
    return new EntraEndpoint(endpoint);
  }
}
