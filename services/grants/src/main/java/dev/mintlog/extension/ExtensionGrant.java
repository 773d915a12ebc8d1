package dev.mintlog.extension;

import dev.mintlog.client.GrantType;
import java.util.Set;

/**
 * A grant type of an operator's own, RFC 6749 §4.5. Found by {@link java.util.ServiceLoader}, one instance for each edge,
 * and asked on a thread of its own, by several threads at once, after the client was authenticated and found to be
 * registered for the grant type.
 *
 * <p>It runs inside the edge and is trusted like it: it says who the token is for. What the token may do stays decided
 * where every grant is, by the client's registration. The credential that it judges goes no further than here.
 */
public interface ExtensionGrant {

  /** The {@code grant_type} it serves. RFC 6749 §4.5: "using an absolute URI (defined by the authorization server)". */
  GrantType type();

  /**
   * Names of the parameters that it reads; it sees no others. Names of client authentication and of parameters that every
   * grant has ({@code client_secret}, {@code scope}, …) are refused when the edge starts.
   */
  Set<String> parameters();

  /**
   * Judges what the client presents. May block; past the edge's {@code extension-grants.wait} the thread is interrupted
   * and the client hears 503. A refusal is a value; it is audited.
   *
   * @throws Exception where it cannot say: nothing is issued then, and the client hears 503
   */
  Verdict judge(ExtensionRequest request) throws Exception;
}
