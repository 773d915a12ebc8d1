package dev.mintlog.edge.http.server;

import dev.mintlog.channel.handle.Handles;
import dev.mintlog.edge.audit.DenialAudit;
import dev.mintlog.edge.backchannel.BackchannelCommands;
import dev.mintlog.edge.backchannel.HintedUsers;
import dev.mintlog.edge.backchannel.SignedRequests;
import dev.mintlog.edge.claims.UserClaims;
import dev.mintlog.edge.command.DeviceAuthorizationCommands;
import dev.mintlog.edge.command.ExtensionGrants;
import dev.mintlog.edge.command.GrantReaders;
import dev.mintlog.edge.command.LoginCommands;
import dev.mintlog.edge.command.PasswordReader;
import dev.mintlog.edge.command.SignResponseCommands;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.dpop.DpopNonces;
import dev.mintlog.edge.http.ClientCertificates;
import dev.mintlog.edge.http.ClientExchange;
import dev.mintlog.edge.http.CrossOrigin;
import dev.mintlog.edge.http.DpopHeader;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.ErrorResponses;
import dev.mintlog.edge.http.PathTable;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.edge.http.discovery.Jwks;
import dev.mintlog.edge.http.discovery.Metadata;
import dev.mintlog.edge.http.discovery.PublishedDocument;
import dev.mintlog.edge.http.inspection.IntrospectionEndpoint;
import dev.mintlog.edge.http.inspection.PresentedTokens;
import dev.mintlog.edge.http.inspection.ProofSpending;
import dev.mintlog.edge.http.inspection.ShownTokens;
import dev.mintlog.edge.http.inspection.SignedResponses;
import dev.mintlog.edge.http.inspection.StoredReferenceTokens;
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
import dev.mintlog.edge.http.token.DeviceAuthorizationEndpoint;
import dev.mintlog.edge.http.token.RevocationEndpoint;
import dev.mintlog.edge.http.token.SenderConstraints;
import dev.mintlog.edge.http.token.TokenEndpoint;
import dev.mintlog.edge.http.token.TokenResponses;
import dev.mintlog.edge.limit.ClientRateLimits;
import dev.mintlog.edge.notification.DecisionNotices;
import dev.mintlog.edge.proof.AccessTokenVerifier;
import dev.mintlog.edge.proof.ClientAuthenticator;
import dev.mintlog.edge.proof.LoginAccess;
import dev.mintlog.edge.proof.ProofIds;
import dev.mintlog.edge.proof.UserCodeProof;
import dev.mintlog.edge.state.DeviceAuthorizations;
import dev.mintlog.edge.state.StoredAuthorizations;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.runtime.health.Health;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The endpoints and their paths, written out. What they need comes from outside.
 *
 * @param registry the registry of now
 * @param certificates which client certificates count
 */
public record HttpWiring(
    Supplier<RegistrySnapshot> registry,
    ClientAuthenticator clients,
    ClientRateLimits limits,
    Handles handles,
    TokenCommandSender sender,
    DeviceAuthorizationCommands deviceCommands,
    BackchannelCommands backchannelCommands,
    SignedRequests signedRequests,
    HintedUsers hintedUsers,
    UserCodeProof userCodeProof,
    DecisionNotices notices,
    LoginCommands loginCommands,
    SignResponseCommands signCommands,
    UserClaims userClaims,
    ExtensionGrants extensionGrants,
    DeviceAuthorizations deviceAuthorizations,
    StoredAuthorizations authorizations,
    DenialAudit denials,
    PublicUrls urls,
    Health health,
    InstantSource clock,
    PasswordReader passwords,
    ClientCertificates certificates,
    DpopNonces nonces,
    ProofIds proofIds) {

  private static final Duration METADATA_MAX_AGE = Duration.ofMinutes(5);

  /** @param tls of the public port; empty where it is served in plain text */
  public HttpPorts ports(Vertx vertx, HttpPorts.Bindings bindings, Optional<ServerSSLOptions> tls) {
    TenantRoutes routes = new TenantRoutes(registry, paths()::find, PublicUrls.METADATA);
    InternalRoutes internal = new InternalRoutes(healthPaths(), new TenantRoutes(registry, loginPaths()::find, Set.of()));
    return new HttpPorts(vertx, bindings,
        () -> new EdgeVerticle(bindings, tls, routes::find, internal::find, clock));
  }

  private PathTable paths() {
    StoredReferenceTokens references = new StoredReferenceTokens(handles, authorizations);
    GrantReaders grants = new GrantReaders(
        handles, passwords, extensionGrants, references, new SecureRandom());
    ErrorResponses errors = new ErrorResponses(registry);
    ClientExchange exchange = new ClientExchange(registry, clients, limits, denials, errors, urls, certificates);
    DpopHeader proofs = new DpopHeader(nonces, proofIds, urls);
    Endpoint token = new TokenEndpoint(
        exchange, new SenderConstraints(certificates, proofs), grants, sender, denials,
        new TokenResponses(handles), errors);
    Endpoint device = new DeviceAuthorizationEndpoint(exchange, deviceCommands, sender, handles, errors, urls);
    AccessTokenVerifier accessTokens = new AccessTokenVerifier();
    PresentedTokens tokens = new PresentedTokens(handles, accessTokens);
    Endpoint revocation = new RevocationEndpoint(exchange, tokens, sender, errors);
    SignedResponses signed = new SignedResponses(sender, signCommands);
    TokenStandings standings = new TokenStandings(authorizations);
    ProofSpending spending = new ProofSpending(sender, limits);
    Endpoint introspection = new IntrospectionEndpoint(exchange, tokens, standings, signed, spending);
    Endpoint userInfo = new UserInfoEndpoint(registry, new ShownTokens(accessTokens, references),
        new TokenKeys(certificates, proofs), standings, denials, signed, spending);
    Endpoint metadata = new PublishedDocument(
        registry, settings -> METADATA_MAX_AGE, new Metadata(urls, grants, certificates)::write);
    Endpoint jwks =
        new PublishedDocument(registry, settings -> settings.signingKeys().jwksMaxAge(), Jwks::write);
    CrossOrigin ofClients =
        CrossOrigin.registered((tenant, origin) -> registry.get().allowedOrigins(tenant).contains(origin));
    return new PathTable()
        .add(PublicUrls.TOKEN, new SharedEndpoint(token, ofClients))
        .add(PublicUrls.TOKEN_ALIAS, new SharedEndpoint(token, ofClients))
        .add(PublicUrls.DEVICE_AUTHORIZATION, device)
        .add(PublicUrls.BACKCHANNEL_AUTHENTICATION, backchannelEndpoint())
        .add(PublicUrls.REVOCATION, new SharedEndpoint(revocation, ofClients))
        .add(PublicUrls.REVOCATION_ALIAS, new SharedEndpoint(revocation, ofClients))
        .add(PublicUrls.USERINFO, new SharedEndpoint(userInfo, ofClients))
        .add(PublicUrls.USERINFO_ALIAS, new SharedEndpoint(userInfo, ofClients))
        .add(PublicUrls.INTROSPECTION, introspection)
        .add(PublicUrls.INTROSPECTION_ALIAS, introspection)
        .add(PublicUrls.OPENID_CONFIGURATION, new SharedEndpoint(metadata, CrossOrigin.ANYBODY))
        .add(PublicUrls.OAUTH_METADATA, new SharedEndpoint(metadata, CrossOrigin.ANYBODY))
        .add(PublicUrls.JWKS, new SharedEndpoint(jwks, CrossOrigin.ANYBODY));
  }

  private Endpoint backchannelEndpoint() {
    ErrorResponses errors = new ErrorResponses(registry).ofBackchannel();
    ClientExchange exchange = new ClientExchange(registry, clients, limits, denials, errors, urls, certificates);
    return new BackchannelAuthenticationEndpoint(exchange, signedRequests, hintedUsers, userCodeProof,
        backchannelCommands, sender, denials, errors);
  }

  private PathTable healthPaths() {
    return new PathTable()
        .add("/health/live", HealthEndpoint.live())
        .add("/health/ready", HealthEndpoint.ready(health));
  }

  private LoginRoutes loginPaths() {
    LoginExchange login = new LoginExchange(registry, new LoginAccess(new AccessTokenVerifier()), denials);
    return new LoginRoutes(new NewAuthorizationEndpoint(login, userClaims, loginCommands, sender, handles),
        new BroadRevocationEndpoint(login, sender, registry), login, new UserCodeExchange(deviceAuthorizations),
        new BackchannelExchange(authorizations), notices, loginCommands, sender, userClaims);
  }
}
