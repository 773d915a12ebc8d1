package dev.mintlog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalBrokerTest {
  @TempDir
  Path dir;

  private LocalBroker broker;

  @AfterEach
  void stop() throws InterruptedException {
    broker.kill();
  }

  @Test
  void shouldKeepItsClusterAndItsRecordsOverStopAndKill() throws Exception {
    // Given
    broker = new LocalBroker(dir, LoopbackPorts.free());
    broker.start();
    String cluster = clusterId();
    try (Admin admin = Admin.create(client())) {
      admin.createTopics(List.of(new NewTopic("token-events", 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
    }
    produce("first");

    // When
    broker.stop();
    broker.start();
    produce("second");
    broker.kill();
    broker.start();

    // Then
    assertThat(clusterId()).isEqualTo(cluster);
    assertThat(consume(2)).containsExactly("first", "second");
  }

  @Test
  void shouldTakeOverridesAndLetConsumersBeMissedEarly() throws Exception {
    broker = new LocalBroker(dir, LoopbackPorts.free(), Map.of("num.io.threads", "3"));
    broker.start();

    try (Admin admin = Admin.create(client())) {
      var resource = new ConfigResource(
          ConfigResource.Type.BROKER, "1");
      var config = admin.describeConfigs(Set.of(resource)).all().get(20, TimeUnit.SECONDS).get(resource);
      assertThat(config.get("num.io.threads").value()).isEqualTo("3");
      assertThat(config.get("group.min.session.timeout.ms").value()).isEqualTo("1000");
      assertThat(config.get("auto.create.topics.enable").value()).isEqualTo("false");
    }
  }

  private Map<String, Object> client() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private String clusterId() throws Exception {
    try (Admin admin = Admin.create(client())) {
      return admin.describeCluster().clusterId().get(20, TimeUnit.SECONDS);
    }
  }

  private void produce(String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("token-events", value)).get(20, TimeUnit.SECONDS);
    }
  }

  private List<String> consume(int count) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(client(), new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition("token-events", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<String> values = new ArrayList<>();
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(200));
        records.forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }
}
