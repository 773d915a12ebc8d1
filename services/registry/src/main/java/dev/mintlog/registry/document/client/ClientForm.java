package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.AccessPolicy;
import dev.mintlog.client.CibaPolicy;
import dev.mintlog.client.Client;
import dev.mintlog.client.Client.DevicePolicy;
import dev.mintlog.client.Client.RefreshPolicy;
import dev.mintlog.client.Client.TokenPolicy;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Scopes;
import dev.mintlog.registry.client.BackchannelPolicy;
import dev.mintlog.registry.client.GrantAssertionPolicy;
import dev.mintlog.registry.client.RateLimit;
import dev.mintlog.registry.client.RegisteredAssertions;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.client.RegisteredSecret;
import dev.mintlog.registry.client.SenderPolicy;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.document.text.Names;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A client as it is written: its keys in turn, each thing that has a form of its own by that form. */
public final class ClientForm {
  private ClientForm() {}

  public static RegisteredClient read(Fields fields) {
    String id = fields.text("id");
    Names.checkVisible(fields, "id", id);
    boolean enabled = fields.flag("enabled", true);
    Optional<String> name = fields.optionalText("name");
    Set<GrantType> grantTypes = GrantTypesForm.read(fields);
    Scopes allowedScopes = Scopes.of(fields.texts("allowedScopes", List.of()));
    Set<String> redirectUris = AddressesForm.redirectUris(fields);
    boolean isPublic = fields.flag("public", false);
    List<RegisteredSecret> secrets = SecretsForm.read(fields);
    boolean requirePkce = fields.flag("requirePkce", true);
    TokenPolicy tokens = TokensForm.read(fields);
    RefreshPolicy refresh = RefreshForm.read(fields.object("refresh"));
    DevicePolicy device = DeviceForm.read(fields.object("device"));
    Set<String> allowedOrigins = AddressesForm.allowedOrigins(fields);
    Optional<RateLimit> rateLimit = RateLimitForm.read(fields, "rateLimit");
    AccessPolicy access = AccessForm.read(fields);
    RegisteredAssertions assertions = AssertionForm.read(fields);
    Fields cibaFields = fields.object("ciba");
    BackchannelPolicy backchannel = BackchannelForm.read(cibaFields, assertions);
    CibaPolicy ciba = CibaForm.read(cibaFields);
    boolean signedUserInfo = fields.flag("signedUserInfo", false);
    SenderPolicy sender = SenderForm.read(fields);
    GrantAssertionPolicy grantAssertions = GrantAssertionForm.read(fields);
    fields.end();
    Client client =
        new Client(id, enabled, grantTypes, allowedScopes, redirectUris, requirePkce, tokens, refresh, device, access,
            ciba, isPublic);
    RegisteredClient registered = new RegisteredClient(client, name, isPublic, secrets, allowedOrigins, rateLimit,
        signedUserInfo, assertions, sender, grantAssertions, backchannel);
    ClientRules.check(fields, registered);
    return registered;
  }

  public static ObjectNode write(RegisteredClient registered) {
    Client client = registered.client();
    ObjectNode node = CanonicalJson.object();
    node.put("id", client.id());
    registered.name().ifPresent(name -> node.put("name", name));
    node.put("enabled", client.enabled());
    node.put("public", registered.isPublic());
    putTexts(node, "grantTypes", client.grantTypes().stream().map(GrantType::value).toList());
    putTexts(node, "allowedScopes", client.allowedScopes().values());
    putTexts(node, "redirectUris", client.redirectUris());
    putTexts(node, "allowedOrigins", registered.allowedOrigins());
    SecretsForm.write(node, registered.secrets());
    node.put("requirePkce", client.requirePkce());
    TokensForm.write(node, client.tokens());
    RefreshForm.write(node.putObject("refresh"), client.refresh());
    DeviceForm.write(node.putObject("device"), client.device());
    client.tokens().idTokenEncryption().ifPresent(encryption -> IdTokenEncryptionForm.write(node, encryption));
    AccessForm.write(node, client.access());
    ObjectNode ciba = node.putObject("ciba");
    CibaForm.write(ciba, client.ciba());
    BackchannelForm.write(ciba, registered.backchannel());
    if (registered.signedUserInfo()) {
      node.put("signedUserInfo", true);
    }
    SenderForm.write(node, registered.sender());
    registered.rateLimit().ifPresent(limit -> RateLimitForm.write(node.putObject("rateLimit"), limit));
    AssertionForm.write(node, registered.assertions());
    GrantAssertionForm.write(node, registered.grantAssertions());
    return node;
  }

  private static void putTexts(ObjectNode node, String key, Collection<String> texts) {
    ArrayNode array = node.putArray(key);
    new TreeSet<>(texts).forEach(array::add);
  }
}
