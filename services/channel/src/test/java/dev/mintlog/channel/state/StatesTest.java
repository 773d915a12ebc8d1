package dev.mintlog.channel.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.schema.AuthorizationChange;
import dev.mintlog.schema.AuthorizationState;
import dev.mintlog.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatesTest {
  private final SecretRing channel = SecretRing.of(RootSecret.random(new SecureRandom()));
  private final SecretRing keyEncryption = SecretRing.of(RootSecret.random(new SecureRandom()));
  private final RecordCodec codec = new RecordCodec("mock://" + UUID.randomUUID(), true);
  private final RedisStates redis = new RedisStates(
      codec, new Sealer(channel, Direction.REDIS), new Opener(channel, Direction.REDIS));
  private final ChangelogStates changelog = new ChangelogStates(
      codec, new Sealer(keyEncryption, Direction.CHANGELOG), new Opener(keyEncryption, Direction.CHANGELOG));

  @BeforeEach
  void prepare() {
    codec.prepare(WireSchemas.byTopic(), Duration.ofSeconds(5));
  }

  @Test
  void shouldRestAndReturnTheSameWhateverTheStateAndTheAnswer() throws Exception {
    for (long seed = 0; seed < 50; seed++) {
      RandomAuthorizations random = new RandomAuthorizations(seed);
      for (int state = 0; state < RandomAuthorizations.STATES; state++) {
        for (int answer = 0; answer < RandomAuthorizations.ANSWERS; answer++) {
          Authorization authorization = random.authorization(state, answer);

          assertThat(AuthorizationCodec.ofWire(AuthorizationCodec.toWire(authorization)))
              .as("seed %d", seed).isEqualTo(authorization);
          assertThat(redis.open(authorization.id(), redis.value(authorization)))
              .as("seed %d", seed).contains(authorization);
          AuthorizationChange change = changelog.change(authorization);
          AuthorizationChange read = (AuthorizationChange)
              codec.decode(Topics.AUTHORIZATIONS, codec.encode(Topics.AUTHORIZATIONS, change));
          assertThat(changelog.open(authorization.id(), read)).as("seed %d", seed).contains(authorization);
          assertThat(read.getVersion()).isEqualTo(authorization.version());
          assertThat(read.getKeptUntil()).isEqualTo(authorization.keptUntil());
        }
      }
    }
  }

  @Test
  void shouldCountAValueAsLostWhenAnyBitIsChangedTheClearVersionIncluded() {
    Authorization authorization = new RandomAuthorizations(1).authorization(4, 0);
    byte[] value = redis.value(authorization);
    for (int bit = 0; bit < value.length * Byte.SIZE; bit++) {
      byte[] altered = value.clone();
      altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

      assertThat(redis.open(authorization.id(), altered)).isEmpty();
    }
    assertThat(redis.open(authorization.id(), new byte[3])).isEmpty();
  }

  @Test
  void shouldCountAValueAsLostWhenItWasMovedToAnotherKey() {
    Authorization authorization = new RandomAuthorizations(1).authorization(4, 0);
    byte[] value = redis.value(authorization);

    assertThat(redis.open(new AuthorizationId("other", authorization.id().value()), value)).isEmpty();
    assertThat(redis.open(new AuthorizationId(authorization.id().tenant(), "A".repeat(22)), value)).isEmpty();
  }

  @Test
  void shouldNotOpenAChangelogEntryUnderAnotherKeyOrVersion() {
    Authorization authorization = new RandomAuthorizations(1).authorization(4, 0);
    AuthorizationChange change = changelog.change(authorization);

    assertThat(changelog.open(new AuthorizationId("other", authorization.id().value()), change)).isEmpty();
    assertThat(changelog.open(authorization.id(),
        AuthorizationChange.newBuilder(change).setVersion(change.getVersion() + 1).build())).isEmpty();
  }

  @Test
  void shouldLetVersionsCompareAsBytes() {
    byte[] value = redis.value(new RandomAuthorizations(1).authorization(4, 0));

    assertThat(Arrays.copyOf(value, RedisStates.VERSION_BYTES)).isEqualTo(
        RedisStates.version(new RandomAuthorizations(1).authorization(4, 0).version()));
    assertThat(Arrays.compareUnsigned(RedisStates.version(255), RedisStates.version(256))).isNegative();
  }

  @Test
  void shouldNotTakeANewerFormForALostValue() {
    AuthorizationState wire = AuthorizationCodec.toWire(new RandomAuthorizations(1).authorization(5, 5));
    wire.setKind("device-parked");
    assertThatIllegalArgumentException().isThrownBy(() -> AuthorizationCodec.ofWire(wire))
        .withMessageContaining("device-parked");

    AuthorizationId id = new AuthorizationId(wire.getTenant(), wire.getAuthorizationId());
    byte[] sealed = new Sealer(channel, Direction.REDIS).sealAfter(
        RedisStates.version(wire.getVersion()), codec.encode(Topics.AUTHORIZATIONS, wire),
        "mintlog:a", id.key(), Long.toString(wire.getVersion()));
    assertThatThrownBy(() -> redis.open(id, sealed)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldHoldNothingReadable() {
    Authorization authorization = new RandomAuthorizations(7).authorization(4, 0);

    assertThat(new String(redis.value(authorization), StandardCharsets.ISO_8859_1))
        .doesNotContain(authorization.state().clientId())
        .doesNotContain(authorization.applied().commandId().value());
  }

  @Test
  void shouldNameKeysAsDocumented() {
    AuthorizationId id = new AuthorizationId("default", "A".repeat(22));

    assertThat(RedisStates.state(id)).asString().isEqualTo("mintlog:a:{default/" + "A".repeat(22) + "}");
    assertThat(RedisKeys.userCode("default", "d")).asString().isEqualTo("mintlog:u:{default/d}");
    assertThat(RedisKeys.marker(7)).asString().isEqualTo("mintlog:m:7");
  }
}
