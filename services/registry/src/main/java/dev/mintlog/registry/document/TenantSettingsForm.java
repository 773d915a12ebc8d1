package dev.mintlog.registry.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.Profile;
import dev.mintlog.client.TenantPolicy;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.tenant.TenantSettings;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A tenant's settings as they are written, beside its name. */
final class TenantSettingsForm {
  private static final Pattern GUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private TenantSettingsForm() {}

  static TenantSettings read(Fields tenant) {
    return new TenantSettings(new TenantPolicy(profile(tenant),
        tenant.flag("scopeClaimAsArray", TenantPolicy.DEFAULT.scopeClaimAsArray()),
        tenant.flag("dpopNonce", TenantPolicy.DEFAULT.dpopNonce()), guid(tenant)),
        SigningKeysForm.read(tenant));
  }

  private static Optional<String> guid(Fields tenant) {
    Optional<String> guid = tenant.optionalText("guid");
    guid.filter(text -> !GUID.matcher(text).matches()).ifPresent(text -> tenant.problem("guid",
        "expected a GUID in lower case, such as 5f2c8e0a-4b1d-4c6f-9a3e-7d8b6c5a4f3e, found '" + text + "'"));
    return guid;
  }

  private static Profile profile(Fields tenant) {
    Profile usual = TenantPolicy.DEFAULT.profile();
    String text = tenant.optionalText("profile").orElse(usual.text());
    Optional<Profile> profile = Profile.of(text);
    if (profile.isEmpty()) {
      tenant.problem("profile", "expected one of "
          + Arrays.stream(Profile.values()).map(Profile::text).collect(Collectors.joining(", ")) + ", found '" + text
          + "'");
    }
    return profile.orElse(usual);
  }

  static void write(ObjectNode tenant, TenantSettings settings) {
    tenant.put("profile", settings.policy().profile().text());
    tenant.put("scopeClaimAsArray", settings.policy().scopeClaimAsArray());
    tenant.put("dpopNonce", settings.policy().dpopNonce());
    settings.policy().guid().ifPresent(guid -> tenant.put("guid", guid));
    SigningKeysForm.write(tenant.putObject("signingKeys"), settings.signingKeys());
  }
}
