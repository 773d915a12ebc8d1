package dev.mintlog.edge.http.token;

import dev.mintlog.client.GrantType;
import dev.mintlog.client.Tenant;
import dev.mintlog.edge.command.grant.GrantRequest;
import dev.mintlog.edge.http.JsonText;
import dev.mintlog.edge.reply.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Whose tokens they are, in the way that MSAL names the account it keeps them under. */
final class ClientInfo {
  private static final Set<String> ASKING = Set.of("1", "2");

  private ClientInfo() {}

  /** The value of {@code client_info}; empty where it is not asked for, or the client acts for itself. */
  static Optional<String> of(GrantRequest request, Reply.Granted granted) {
    boolean isOfUser = !request.form().find("grant_type").filter(GrantType.CLIENT_CREDENTIALS.value()::equals).isPresent();
    return request.form().find("client_info").filter(ASKING::contains).filter(asked -> isOfUser)
        .flatMap(asked -> granted.subject())
        .flatMap(subject -> request.registry().tenant(request.tenant()).map(Tenant::tenantId)
            .map(tenantId -> encoded(subject, tenantId)));
  }

  private static String encoded(String subject, String tenantId) {
    String json = new JsonText(128).member("uid", subject).member("utid", tenantId).end();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
