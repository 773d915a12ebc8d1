package dev.mintlog.channel.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SealedValuesTest {
  private final SecretRing channel = SecretRing.of(RootSecret.random(new SecureRandom()));
  private final Sealer sealer = new Sealer(channel, Direction.REDIS);
  private final Opener opener = new Opener(channel, Direction.REDIS);

  @Nested
  class OfUserCodes {
    private final UserCodePointers pointers = new UserCodePointers(sealer, opener);
    private final AuthorizationId id = new AuthorizationId("default", "A".repeat(22));

    @Test
    void shouldOpenWhatWasWrittenForTheSameCodeOnly() {
      UserCodePointer pointer = new UserCodePointer(id, "tv");
      byte[] value = pointers.value("digest", pointer);

      assertThat(pointers.open("default", "digest", value)).contains(pointer);
      assertThat(pointers.open("default", "another", value)).isEmpty();
      assertThat(pointers.open("other", "digest", value)).isEmpty();
    }
  }

  @Nested
  class OfMarkers {
    private final Markers markers = new Markers(sealer, opener);
    private final Marker marker = new Marker("f".repeat(40), Instant.ofEpochMilli(1_700_000_000_123L));

    @Test
    void shouldOpenWhatWasWrittenForTheSamePartitionOnly() {
      byte[] value = markers.value(3, marker);

      assertThat(markers.open(3, value)).contains(marker);
      assertThat(markers.open(4, value)).isEmpty();
      assertThat(markers.open(3, new byte[0])).isEmpty();
    }

    @Test
    void shouldBeForThePrimaryItWasWrittenOnOnly() {
      assertThat(marker.isFor(new ReplicationState("master", "f".repeat(40), 0))).isTrue();
      assertThat(marker.isFor(new ReplicationState("master", "e".repeat(40), 0))).isFalse();
      assertThat(marker.isFor(new ReplicationState("slave", "f".repeat(40), 0))).isFalse();
    }
  }

  @Nested
  class OfReplication {
    @Test
    void shouldReadTheAnswerOfRedis() {
      String info = "# Replication\r\nrole:master\r\nconnected_slaves:2\r\nmaster_failover_state:no-failover\r\n"
          + "master_replid:8d6d5e6f0b2c4a7d8f90a1b2c3d4e5f60718293a\r\nmaster_replid2:0000\r\n"
          + "master_repl_offset:0\r\n";

      assertThat(ReplicationState.parse(info))
          .isEqualTo(new ReplicationState("master", "8d6d5e6f0b2c4a7d8f90a1b2c3d4e5f60718293a", 2));
    }

    @Test
    void shouldRefuseWhatIsNoAnswerOfRedis() {
      assertThatIllegalArgumentException().isThrownBy(() -> ReplicationState.parse("role:master\r\n"))
          .withMessageContaining("master_replid");
    }
  }
}
