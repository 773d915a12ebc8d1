package dev.mintlog.edge.proof.client;

import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import java.util.List;
import java.util.Optional;

/** A way for a client to say who it is, RFC 6749 §2.3. */
interface ClientAuthenticationMethod {

  /** Its name in {@code token_endpoint_auth_methods_supported}, RFC 8414 §2. */
  String name();

  /** Whether the request uses this method. */
  boolean isUsed(Optional<String> authorization, Form form);

  /**
   * What the request presents. Several readings where clients in the field write the same credential differently; the
   * client is authenticated when one of them fits.
   */
  Checked<List<Credential>> read(Optional<String> authorization, Form form);
}
