package dev.mintlog.channel.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class PartitionsTest {

  @Test
  void shouldHashAsKafkaDoes() {
    Random random = new Random(42);
    for (int length = 0; length < 200; length++) {
      byte[] data = new byte[length];
      random.nextBytes(data);

      assertThat(Partitions.murmur2(data)).isEqualTo(Utils.murmur2(data));
    }
  }

  @Test
  void shouldNeverChangeItsMind() {
    assertThat(Partitions.murmur2("21".getBytes())).isEqualTo(-973932308);
    assertThat(new Partitions(12).of("default/AAAAAAAAAAAAAAAAAAAAAA"))
        .isEqualTo(Utils.toPositive(Utils.murmur2("default/AAAAAAAAAAAAAAAAAAAAAA".getBytes())) % 12);
  }

  @Test
  void shouldUseEveryPartition() {
    Partitions partitions = new Partitions(6);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      seen.add(partitions.of("default/" + i));
    }
    assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
  }

  @Test
  void shouldRefuseNoPartitions() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Partitions(0));
  }
}
