package dev.mintlog.channel.state;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import java.util.List;
import java.util.Optional;

/** user_code pointers as values in Redis, sealed for their key. Thread-safe. */
public final class UserCodePointers {
  private final Sealer sealer;
  private final Opener opener;

  /** @param sealer and opener of direction REDIS */
  public UserCodePointers(Sealer sealer, Opener opener) {
    this.sealer = sealer;
    this.opener = opener;
  }

  public byte[] value(String digest, UserCodePointer pointer) {
    AuthorizationId id = pointer.authorizationId();
    byte[] plain = SealedValues.write(List.of(id.value(), pointer.clientId()));
    return sealer.seal(plain, associated(id.tenant(), digest));
  }

  /** @return empty where it was not written so by a holder of the channel secret: it counts as lost */
  public Optional<UserCodePointer> open(String tenant, String digest, byte[] value) {
    return opener.open(value, associated(tenant, digest)).map(plain -> {
      List<String> texts = SealedValues.read(plain);
      return new UserCodePointer(new AuthorizationId(tenant, texts.get(0)), texts.get(1));
    });
  }

  private static String[] associated(String tenant, String digest) {
    return new String[] {"mintlog:u", tenant, digest};
  }
}
