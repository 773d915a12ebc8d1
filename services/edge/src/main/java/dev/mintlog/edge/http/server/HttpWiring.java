package dev.mintlog.edge.http.server;

import dev.mintlog.channel.handle.Handles;
import dev.mintlog.edge.audit.DenialAudit;
import dev.mintlog.edge.claims.UserClaims;
import dev.mintlog.edge.command.grant.GrantReaders;
import dev.mintlog.edge.http.ClientExchange;
import dev.mintlog.edge.http.CrossOrigin;
import dev.mintlog.edge.http.DpopHeader;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.ErrorResponses;
import dev.mintlog.edge.http.PathTable;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.edge.http.inspection.IntrospectionEndpoint;
import dev.mintlog.edge.http.inspection.PresentedTokens;
import dev.mintlog.edge.http.inspection.ProofSpending;
import dev.mintlog.edge.http.inspection.ShownTokens;
import dev.mintlog.edge.http.inspection.SignedResponses;
import dev.mintlog.edge.http.inspection.StoredReferenceTokens;
import dev.mintlog.edge.http.inspection.StoredStandings;
import dev.mintlog.edge.http.inspection.TokenKeys;
import dev.mintlog.edge.http.inspection.TokenStandings;
import dev.mintlog.edge.http.inspection.UserInfoEndpoint;
import dev.mintlog.edge.http.login.BackchannelExchange;
import dev.mintlog.edge.http.login.BroadRevocationEndpoint;
import dev.mintlog.edge.http.login.LoginExchange;
import dev.mintlog.edge.http.login.LoginRoutes;
import dev.mintlog.edge.http.login.NewAuthorizationEndpoint;
import dev.mintlog.edge.http.login.UserCodeExchange;
import dev.mintlog.edge.http.token.BackchannelAuthenticationEndpoint;
import dev.mintlog.edge.http.token.RevocationEndpoint;
import dev.mintlog.edge.limit.ClientRateLimits;
import dev.mintlog.edge.notification.DecisionNotices;
import dev.mintlog.edge.proof.token.AccessTokenVerifier;
import dev.mintlog.edge.proof.token.LoginAccess;
import dev.mintlog.edge.state.DeviceAuthorizations;
import dev.mintlog.edge.state.StoredAuthorizations;
import dev.mintlog.edge.surface.Surface;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.runtime.health.Health;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The endpoints and their paths, written out. What they need comes from outside.
 *
 * @param registry the registry of now
 * @param aliases names that stand for a tenant in the paths of Entra ID's clients, in lower case
 */
public record HttpWiring(
    Supplier<RegistrySnapshot> registry,
    ProofParts proofs,
    CommandParts commands,
    GrantParts grants,
    UserClaims userClaims,
    DeviceAuthorizations deviceAuthorizations,
    StoredAuthorizations authorizations,
    ClientRateLimits limits,
    Handles handles,
    DecisionNotices notices,
    DenialAudit denials,
    PublicUrls urls,
    Map<String, String> aliases,
    Health health,
    InstantSource clock) {

  /** @param tls of the public port; empty where it is served in plain text */
  public HttpPorts ports(Vertx vertx, Bindings bindings, Optional<ServerSSLOptions> tls) {
    StoredReferenceTokens references = new StoredReferenceTokens(handles, authorizations);
    SurfaceEndpoints surfaces = new SurfaceEndpoints(this, new GrantReaders(
        handles, grants.passwords(), proofs.assertions(), grants.commands(), grants.extensions(), grants.details(),
        references, new StoredStandings(authorizations), new SecureRandom()));
    PathTable paths = paths(surfaces, references);
    TenantRoutes tenants = new TenantRoutes(registry, paths::find, PublicUrls.METADATA);
    EntraRoutes entra = new EntraRoutes(registry, aliases, surfaces.entra(), surfaces.adfs());
    EntraRoutes byOtherNames = new EntraRoutes(registry, aliases, surfaces.byOtherNames(), path -> Optional.empty());
    PathTable ofHost = new PathTable().add(PublicUrls.WEB_FINGER, surfaces.webFinger());
    InternalRoutes internal =
        new InternalRoutes(healthPaths(), new TenantRoutes(registry, loginPaths()::find, Set.of()));
    OpenConnections open = new OpenConnections(bindings.bounds().connectionsMax());
    OpenConnections loginOpen = new OpenConnections(bindings.bounds().connectionsMax());
    return new HttpPorts(vertx, bindings, () -> new EdgeVerticle(
        bindings, tls, path -> entra.find(path).or(() -> tenants.find(path)).or(() -> byOtherNames.find(path))
            .or(() -> ofHost.find(path).map(endpoint -> new Route(endpoint, PublicUrls.DEFAULT_TENANT))),
        internal::find, clock, open, loginOpen));
  }

  private PathTable paths(SurfaceEndpoints surfaces, StoredReferenceTokens references) {
    ErrorResponses errors = new ErrorResponses(registry);
    ClientExchange exchange = exchange(errors);
    Endpoint token = surfaces.token(Surface.PLAIN);
    Endpoint device = surfaces.device(Surface.PLAIN);
    AccessTokenVerifier accessTokens = new AccessTokenVerifier();
    PresentedTokens tokens = new PresentedTokens(handles, accessTokens);
    SignedResponses signed = new SignedResponses(commands.sender(), commands.responses(), limits);
    TokenStandings standings = new TokenStandings(authorizations);
    ProofSpending spending = new ProofSpending(commands.sender(), limits);
    Endpoint introspection = new IntrospectionEndpoint(exchange, tokens, standings, signed, spending);
    Endpoint revocation =
        new SharedEndpoint(new RevocationEndpoint(exchange, tokens, commands.sender(), errors), ofClients());
    Endpoint userInfo = new SharedEndpoint(new UserInfoEndpoint(registry, new ShownTokens(accessTokens, references),
        new TokenKeys(proofs.certificates(), dpop()), standings, denials, signed, spending), ofClients());
    return new PathTable()
        .add(PublicUrls.TOKEN, token)
        .add(PublicUrls.TOKEN_ALIAS, token)
        .add(PublicUrls.DEVICE_AUTHORIZATION, device)
        .add(PublicUrls.DEVICE_CODE, device)
        .add(PublicUrls.DEVICE_CODE_ALIAS, device)
        .add(PublicUrls.BACKCHANNEL_AUTHENTICATION, backchannelEndpoint())
        .add(PublicUrls.REVOCATION, revocation)
        .add(PublicUrls.REVOCATION_ALIAS, revocation)
        .add(PublicUrls.USERINFO, userInfo)
        .add(PublicUrls.USERINFO_ALIAS, userInfo)
        .add(PublicUrls.INTROSPECTION, introspection)
        .add(PublicUrls.INTROSPECTION_ALIAS, introspection)
        .add(PublicUrls.OPENID_CONFIGURATION, surfaces.metadata())
        .add(PublicUrls.OAUTH_METADATA, surfaces.metadata())
        .add(PublicUrls.JWKS, surfaces.jwks());
  }

  /** @param errors how its refusals are written */
  ClientExchange exchange(ErrorResponses errors) {
    return new ClientExchange(registry, proofs.clients(), limits, denials, errors, urls, proofs.certificates());
  }

  /** The DPoP proofs of requests. */
  DpopHeader dpop() {
    return new DpopHeader(proofs.nonces(), proofs.ids(), urls);
  }

  /** Pages of the origins that clients have registered. */
  CrossOrigin ofClients() {
    return CrossOrigin.registered((tenant, origin) -> registry.get().allowedOrigins(tenant).contains(origin));
  }

  private Endpoint backchannelEndpoint() {
    ErrorResponses errors = new ErrorResponses(registry).ofBackchannel();
    return new BackchannelAuthenticationEndpoint(exchange(errors), proofs.requests(), proofs.hintedUsers(),
        proofs.userCodes(), commands.backchannel(), commands.sender(), denials, errors);
  }

  private PathTable healthPaths() {
    return new PathTable()
        .add("/health/live", HealthEndpoint.live())
        .add("/health/ready", HealthEndpoint.ready(health));
  }

  private LoginRoutes loginPaths() {
    LoginExchange login = new LoginExchange(registry, new LoginAccess(new AccessTokenVerifier()), denials);
    return new LoginRoutes(new NewAuthorizationEndpoint(
        login, userClaims, commands.login(), commands.sender(), handles),
        new BroadRevocationEndpoint(login, commands.sender(), registry), login,
        new UserCodeExchange(deviceAuthorizations), new BackchannelExchange(authorizations), notices,
        commands.login(), commands.sender(), userClaims);
  }
}
