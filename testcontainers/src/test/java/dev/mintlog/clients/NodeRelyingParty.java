package dev.mintlog.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWK;
import dev.mintlog.fixture.MadeCertificate;
import dev.mintlog.fixture.NodeSuite;
import dev.mintlog.fixture.RunningSystem;
import java.util.HashMap;
import java.util.Map;

/** A registered client that is a script of the Node.js suite, with what it is told in its environment. */
record NodeRelyingParty(RunningSystem system, String script, Map<String, String> environment) {
  static NodeRelyingParty of(RunningSystem system, String script, String clientId) {
    return new NodeRelyingParty(system, script, Map.of(
        "NODE_EXTRA_CA_CERTS", system.authority().file().toString(),
        "ISSUER", system.publicUrl(),
        "CLIENT_ID", clientId,
        "SCOPE", "orders.read",
        "METHOD", "none"));
  }

  NodeRelyingParty with(String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    return new NodeRelyingParty(system, script, Map.copyOf(more));
  }

  /** Proves itself by its secret. */
  NodeRelyingParty withSecret(String method) {
    return with("METHOD", method).with("CLIENT_SECRET", system.registry().client(environment.get("CLIENT_ID")).secret());
  }

  /** Proves itself by assertions under this key. */
  NodeRelyingParty withKey(JWK key, String algorithm) {
    return with("METHOD", "private_key_jwt").with("CLIENT_KEY", key.toJSONString()).with("CLIENT_ALGORITHM", algorithm);
  }

  /** Proves itself by the certificate that is registered under its id. */
  NodeRelyingParty withCertificate() {
    MadeCertificate certificate = system.registry().certificate(environment.get("CLIENT_ID"));
    return with("METHOD", "self_signed_tls_client_auth").with("CLIENT_CERTIFICATE", certificate.pem())
        .with("CLIENT_PRIVATE_KEY", certificate.keyPem());
  }

  /** With a login application at hand, which has alice's consent for these scopes. */
  NodeRelyingParty withConsent(String redirectUri, String scope) {
    return with("REDIRECT_URI", redirectUri).with("SCOPE", scope)
        .with("LOGIN_API", system.loginApi().toString())
        .with("LOGIN_TOKEN", system.client("login").clientCredentials().accessToken());
  }

  /** What came of a deed. */
  JsonNode does(String deed) {
    JsonNode outcome = NodeSuite.run(script, deed, environment);
    if (outcome.has("refused")) {
      throw new AssertionError("expected " + deed + " to succeed, but found: " + outcome);
    }
    return outcome;
  }

  /** What its user is told when the deed does not succeed. */
  JsonNode isRefused(String deed) {
    JsonNode outcome = NodeSuite.run(script, deed, environment);
    if (!outcome.has("refused")) {
      throw new AssertionError("expected " + deed + " to be refused, but found: " + outcome);
    }
    return outcome.path("refused");
  }
}
