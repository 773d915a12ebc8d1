package dev.mintlog.client;

import java.util.Optional;

/** Whose answers a tenant's clients rely on, where specifications and servers in the field differ. */
public enum Profile {
  /** The RFCs'. */
  RFC("rfc"),
  /** Those of IdentityServer4 and Duende IdentityServer. */
  IDENTITY_SERVER("identityserver");

  private final String text;

  Profile(String text) {
    this.text = text;
  }

  /** As it is written in the registry. */
  public String text() {
    return text;
  }

  public static Optional<Profile> of(String text) {
    for (Profile profile : values()) {
      if (profile.text.equals(text)) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }
}
