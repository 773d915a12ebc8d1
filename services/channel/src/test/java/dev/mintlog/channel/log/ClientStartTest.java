package dev.mintlog.channel.log;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientStartTest {
  private static final KafkaSettings UNKNOWN_HOST = KafkaSettings.of("kafka.invalid:9092", true, "test");
  private static final KafkaSettings UNKNOWN_PROTOCOL =
      new KafkaSettings("127.0.0.1:9092", true, "test", Map.of("security.protocol", "SSLX"));

  @Test
  void shouldNameBootstrapServersThatNoHostIsKnownOf() {
    assertThatThrownBy(() -> Admins.open(UNKNOWN_HOST)).isInstanceOf(ChannelStartException.class)
        .hasMessageContainingAll("kafka.bootstrap-servers is kafka.invalid:9092", "check the host names");
    assertThatThrownBy(() -> Producers.edge(UNKNOWN_HOST)).isInstanceOf(ChannelStartException.class);
    assertThatThrownBy(() -> Consumers.assigned(UNKNOWN_HOST)).isInstanceOf(ChannelStartException.class);
  }

  @Test
  void shouldNameClientPropertiesThatNoClientTakes() {
    assertThatThrownBy(() -> Admins.open(UNKNOWN_PROTOCOL)).isInstanceOf(ChannelStartException.class)
        .hasMessageContainingAll("kafka.client-properties", "SSLX").hasMessageNotContaining("\n");
    assertThatThrownBy(() -> Producers.edge(UNKNOWN_PROTOCOL)).isInstanceOf(ChannelStartException.class);
    assertThatThrownBy(() -> Consumers.assigned(UNKNOWN_PROTOCOL)).isInstanceOf(ChannelStartException.class);
  }
}
