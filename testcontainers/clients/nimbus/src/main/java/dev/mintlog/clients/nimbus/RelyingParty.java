package dev.mintlog.clients.nimbus;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.ciba.AuthRequestID;
import com.nimbusds.oauth2.sdk.ciba.CIBAGrant;
import com.nimbusds.oauth2.sdk.ciba.CIBARequest;
import com.nimbusds.oauth2.sdk.ciba.CIBAResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCode;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.token.TypelessAccessToken;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** One client of the SDK, at the issuer it is asked to use. */
final class RelyingParty {
  private final OIDCProviderMetadata mintlog;
  private final Map<String, String> asked;

  private RelyingParty(OIDCProviderMetadata mintlog, Map<String, String> asked) {
    this.mintlog = mintlog;
    this.asked = asked;
  }

  static RelyingParty discover(Map<String, String> asked) throws GeneralException, IOException {
    String issuer = asked.get("issuer");
    OIDCProviderMetadata mintlog = OIDCProviderMetadata.resolve(new Issuer(issuer));
    return new RelyingParty(mintlog, asked);
  }

  Map<String, String> described() {
    return Map.of("issuer", mintlog.getIssuer().getValue(), "token_endpoint", mintlog.getTokenEndpointURI().toString(),
        "grant_types", mintlog.getGrantTypes().toString(), "jwks_uri", mintlog.getJWKSetURI().toString());
  }

  Map<String, String> clientCredentials() throws Exception {
    return token(new ClientCredentialsGrant());
  }

  Map<String, String> redeem() throws Exception {
    return token(new AuthorizationCodeGrant(new AuthorizationCode(asked.get("code")),
        URI.create(asked.get("redirect_uri")), new CodeVerifier(asked.get("code_verifier"))));
  }

  Map<String, String> refresh() throws Exception {
    return token(new RefreshTokenGrant(new RefreshToken(asked.get("refresh_token"))));
  }

  Map<String, String> askForDevice() throws Exception {
    DeviceAuthorizationRequest request = new DeviceAuthorizationRequest.Builder(new ClientID(asked.get("client_id")))
        .endpointURI(mintlog.getDeviceAuthorizationEndpointURI()).scope(scope()).build();
    DeviceAuthorizationResponse response = DeviceAuthorizationResponse.parse(request.toHTTPRequest().send());
    if (!response.indicatesSuccess()) {
      throw failure(response.toErrorResponse().getErrorObject());
    }
    DeviceAuthorizationSuccessResponse device = response.toSuccessResponse();
    return Map.of("device_code", device.getDeviceCode().getValue(), "user_code", device.getUserCode().getValue(),
        "interval", Long.toString(device.getInterval()), "verification_uri", device.getVerificationURI().toString());
  }

  Map<String, String> poll() throws Exception {
    return token(new DeviceCodeGrant(new DeviceCode(asked.get("device_code"))));
  }

  Map<String, String> exchange() throws Exception {
    return token(new TokenExchangeGrant(
        new TypelessAccessToken(asked.get("subject_token")), TokenTypeURI.ACCESS_TOKEN));
  }

  Map<String, String> withDpop() throws Exception {
    DefaultDPoPProofFactory proofs =
        new DefaultDPoPProofFactory(new ECKeyGenerator(Curve.P_256).generate(), JWSAlgorithm.ES256);
    HTTPRequest request = request(new ClientCredentialsGrant()).toHTTPRequest();
    request.setDPoP(proofs.createDPoPJWT(request.getMethod().name(), request.getURI()));
    Map<String, String> tokens = tokens(request);
    tokens.put("jkt", proofs.getPublicJWK().computeThumbprint().toString());
    return tokens;
  }

  Map<String, String> introspect() throws Exception {
    TokenIntrospectionResponse response = TokenIntrospectionResponse.parse(new TokenIntrospectionRequest(
        mintlog.getIntrospectionEndpointURI(), authentication(), new TypelessAccessToken(asked.get("token")))
        .toHTTPRequest().send());
    if (!response.indicatesSuccess()) {
      throw failure(response.toErrorResponse().getErrorObject());
    }
    Map<String, String> told = new LinkedHashMap<>();
    told.put("active", Boolean.toString(response.toSuccessResponse().isActive()));
    if (response.toSuccessResponse().isActive()) {
      told.put("sub", response.toSuccessResponse().getSubject().getValue());
      told.put("scope", response.toSuccessResponse().getScope().toString());
    }
    return told;
  }

  Map<String, String> revoke() throws Exception {
    HTTPResponse response = new TokenRevocationRequest(mintlog.getRevocationEndpointURI(), authentication(),
        new RefreshToken(asked.get("token"))).toHTTPRequest().send();
    if (!response.indicatesSuccess()) {
      throw failure(ErrorObject.parse(response));
    }
    return Map.of("status", Integer.toString(response.getStatusCode()));
  }

  Map<String, String> askForUser() throws Exception {
    CIBARequest request = new CIBARequest.Builder(authentication(), scope())
        .endpointURI(mintlog.getBackChannelAuthenticationEndpointURI()).loginHint(asked.get("login_hint")).build();
    CIBAResponse response = CIBAResponse.parse(request.toHTTPRequest().send());
    if (!response.indicatesSuccess()) {
      throw failure(response.toErrorResponse().getErrorObject());
    }
    return Map.of("auth_req_id", response.toRequestAcknowledgement().getAuthRequestID().getValue(),
        "interval", Integer.toString(response.toRequestAcknowledgement().getMinWaitInterval()));
  }

  Map<String, String> pollBackchannel() throws Exception {
    return token(new CIBAGrant(new AuthRequestID(asked.get("auth_req_id"))));
  }

  private Map<String, String> token(AuthorizationGrant grant) throws Exception {
    return tokens(request(grant).toHTTPRequest());
  }

  private TokenRequest request(AuthorizationGrant grant) throws JOSEException, java.text.ParseException {
    TokenRequest.Builder request = isPublic()
        ? new TokenRequest.Builder(mintlog.getTokenEndpointURI(), new ClientID(asked.get("client_id")), grant)
        : new TokenRequest.Builder(mintlog.getTokenEndpointURI(), authentication(), grant);
    return scope() == null ? request.build() : request.scope(scope()).build();
  }

  private Map<String, String> tokens(HTTPRequest request) throws Exception {
    TokenResponse response = OIDCTokenResponseParser.parse(request.send());
    if (!response.indicatesSuccess()) {
      throw failure(response.toErrorResponse().getErrorObject());
    }
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("access_token", response.toSuccessResponse().getTokens().getAccessToken().getValue());
    tokens.put("token_type", response.toSuccessResponse().getTokens().getAccessToken().getType().getValue());
    tokens.put("scope", String.valueOf(response.toSuccessResponse().getTokens().getAccessToken().getScope()));
    RefreshToken refreshToken = response.toSuccessResponse().getTokens().getRefreshToken();
    if (refreshToken != null) {
      tokens.put("refresh_token", refreshToken.getValue());
    }
    if (response instanceof OIDCTokenResponse openid && openid.getOIDCTokens().getIDToken() != null) {
      tokens.put("id_token_sub", verified(openid).getSubject().getValue());
    }
    return tokens;
  }

  /** OpenID Connect Core §3.1.3.7, as the SDK checks it. */
  private IDTokenClaimsSet verified(OIDCTokenResponse response) throws Exception {
    IDTokenValidator validator = new IDTokenValidator(mintlog.getIssuer(), new ClientID(asked.get("client_id")),
        JWSAlgorithm.parse(asked.getOrDefault("signed_with", "RS256")), mintlog.getJWKSetURI().toURL());
    return validator.validate(response.getOIDCTokens().getIDToken(), Nonce.parse(asked.get("nonce")));
  }

  private boolean isPublic() {
    return "none".equals(asked.get("method"));
  }

  private ClientAuthentication authentication() throws JOSEException, java.text.ParseException {
    return Authentication.of(asked, mintlog.getTokenEndpointURI());
  }

  private Scope scope() {
    return Scope.parse(asked.get("scope"));
  }

  /** What the SDK knows of a refusal; it throws nothing itself. */
  private static GeneralException failure(ErrorObject error) {
    return new GeneralException(error.getHTTPStatusCode() + " " + error.getCode() + ": " + error.getDescription(), error);
  }
}
