package dev.mintlog.registry.log;

import static dev.mintlog.registry.log.RegistryLog.changes;
import static dev.mintlog.registry.log.RegistryLog.client;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.registry.signature.RegistrySigner;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MaterialiserTest {
  private static final RegistrySigner STRANGER = RegistryKeys.signer(RootSecret.random(new SecureRandom()));

  private final RegistryLog log = new RegistryLog();

  private void assertReads(Materialiser read, long revision) {
    assertThat(read.problem()).isEmpty();
    assertThat(read.current().map(Revision::number)).contains(revision);
    assertThat(read.live()).isEqualTo(log.live());
  }

  private static void assertDamaged(Materialiser read) {
    assertThat(read.current()).isEmpty();
    assertThat(read.live()).isEmpty();
    assertThat(read.problem()).isPresent();
  }

  @Nested
  class WrittenByTheOperator {
    @Test
    void shouldAdoptEachRevisionAsAWhole() {
      // Given
      Materialiser follower = new Materialiser(log.codec(), 0);
      List<SignedRecord> first = log.publish(changes("a", "1", "b", "1"));
      List<SignedRecord> second = log.publish(changes("a", "2", "b", null, "c", "1"));

      // When / Then: nothing shows before the revision closes
      assertThat(follower.accept(first.get(0))).isEmpty();
      assertThat(follower.accept(first.get(1))).isEmpty();
      assertThat(follower.live()).isEmpty();
      assertThat(follower.accept(first.get(2)).map(Revision::number)).contains(1L);
      assertThat(follower.live()).isEqualTo(Map.of(client("a"), "1", client("b"), "1"));
      second.subList(0, 3).forEach(record -> assertThat(follower.accept(record)).isEmpty());
      assertThat(follower.live()).containsEntry(client("a"), "1");
      assertThat(follower.accept(second.get(3)).map(Revision::number)).contains(2L);
      assertThat(follower.live()).isEqualTo(Map.of(client("a"), "2", client("c"), "1"));
      assertThat(follower.refused()).isZero();
    }

    @Test
    void shouldReadACompactedLog() {
      // Given
      log.publish(changes("a", "1", "b", "1"));
      log.publish(changes("a", "2"));
      log.publish(changes("b", null, "c", "1"));

      // When
      log.compact();

      // Then
      assertReads(log.read(), 3);
    }

    @Test
    void shouldReadALogCompactedInItsOlderPart() {
      // Given: compaction took what an intermediate revision closed over
      log.publish(changes("a", "1", "b", "1"));
      log.publish(changes("c", "1"));
      log.compact();
      log.publish(changes("a", "2"));
      Materialiser read = log.read();

      // Then
      assertReads(read, 3);
      assertThat(read.refused()).isZero();
    }

    @Test
    void shouldReadAnEmptyLog() {
      Materialiser read = log.read();
      assertThat(read.current()).isEmpty();
      assertThat(read.problem()).isEmpty();
      assertThat(read.newestNumber()).isZero();
    }
  }

  @Nested
  class WrittenByAStranger {
    @Test
    void shouldDropUnsignedRecords() {
      // Given
      log.publish(changes("a", "1"));
      SignedRecord genuine = log.abort(changes("evil", "1")).get(0);

      // When
      log.append(new SignedRecord(genuine.key(), genuine.value(), null));
      log.append(new SignedRecord(genuine.key(), genuine.value(), new byte[0]));
      log.append(new SignedRecord(genuine.key(), genuine.value(), new byte[64]));
      log.append(new SignedRecord(null, null, null));
      log.append(new SignedRecord(new byte[0], new byte[] {0, 0, 0, 0, 1}, new byte[64]));

      // Then
      Materialiser read = log.read();
      assertReads(read, 1);
      assertThat(read.refused()).isEqualTo(5);
    }

    @Test
    void shouldDropAWholeRevisionSignedByAnotherKey() {
      // Given
      log.publish(changes("a", "1"));
      Map<EntryKey, String> before = log.live();

      // When
      log.publish(changes("evil", "1"), STRANGER);

      // Then
      Materialiser read = log.read();
      assertThat(read.live()).isEqualTo(before);
      assertThat(read.current().map(Revision::number)).contains(1L);
      assertThat(read.refused()).isEqualTo(2);
    }

    @Test
    void shouldDropARecordThatWasAlteredAnywhere() {
      // Given
      log.publish(changes("a", "1"));
      SignedRecord genuine = log.abort(changes("evil", "{\"enabled\":true}")).get(0);
      Materialiser read = log.read();

      // When / Then
      for (int i = 0; i < genuine.value().length; i++) {
        byte[] altered = genuine.value().clone();
        altered[i] ^= 1;
        read.accept(new SignedRecord(genuine.key(), altered, genuine.signature()));
      }
      for (int i = 0; i < genuine.key().length; i++) {
        byte[] altered = genuine.key().clone();
        altered[i] ^= 1;
        read.accept(new SignedRecord(altered, genuine.value(), genuine.signature()));
      }
      assertThat(read.refused()).isEqualTo(genuine.value().length + genuine.key().length);
      assertThat(read.unclosed()).isEmpty();
    }

    @Test
    void shouldDropTombstones() {
      // Given
      log.publish(changes("a", "1"));
      byte[] key = client("a").text().getBytes(java.nio.charset.StandardCharsets.UTF_8);

      // When
      log.append(new SignedRecord(key, null, null));
      log.append(new SignedRecord(key, null, log.abort(changes("a", null)).get(0).signature()));

      // Then
      assertReads(log.read(), 1);
    }

    @Test
    void shouldShowDamageWhenCompactionFollowsATombstone() {
      // Given
      log.publish(changes("a", "1", "b", "1"));
      Materialiser running = log.read();

      // When
      log.append(new SignedRecord(
          client("b").text().getBytes(java.nio.charset.StandardCharsets.UTF_8), null, null));
      log.compact();

      // Then: who starts refuses, who runs stays
      assertDamaged(log.read());
      assertReads(running, 1);
    }
  }

  @Nested
  class OldRecordsAppendedAgain {
    @Test
    void shouldNotBringBackAnOlderEntry() {
      // Given: a client that was disabled
      List<SignedRecord> old = log.publish(changes("a", "enabled"));
      log.publish(changes("a", "disabled"));

      // When
      log.append(old.get(0));

      // Then
      Materialiser read = log.read();
      assertReads(read, 2);
      assertThat(read.refused()).isEqualTo(1);
    }

    @Test
    void shouldNotBringBackWhatWasRemoved() {
      // Given
      List<SignedRecord> old = log.publish(changes("a", "1", "b", "1"));
      log.publish(changes("a", null));

      // When
      log.append(old.get(0));

      // Then
      assertReads(log.read(), 2);
    }

    @Test
    void shouldNotRemoveAgainWhatCameBack() {
      // Given
      log.publish(changes("a", "1", "b", "1"));
      List<SignedRecord> removal = log.publish(changes("a", null));
      log.publish(changes("a", "2"));

      // When
      log.append(removal);

      // Then
      assertReads(log.read(), 3);
    }

    @Test
    void shouldShowDamageWhenCompactionKeptTheOlderEntry() {
      // Given
      List<SignedRecord> old = log.publish(changes("a", "enabled", "b", "1"));
      log.publish(changes("a", "disabled"));

      // When
      log.append(old.get(0));
      log.compact();

      // Then
      assertDamaged(log.read());
    }

    @Test
    void shouldNotGoBackToAnOlderRevisionWhileRunning() {
      // Given
      List<SignedRecord> old = log.publish(changes("a", "enabled"));
      log.publish(changes("a", "disabled"));
      Materialiser running = log.read();

      // When
      old.forEach(running::accept);

      // Then
      assertReads(running, 2);
      assertThat(running.refused()).isEqualTo(2);
    }

    @Test
    void shouldNotGoBackToAnOlderRevisionWhenStarting() {
      // Given
      List<SignedRecord> old = log.publish(changes("a", "enabled"));
      log.publish(changes("a", "disabled", "b", "1"));

      // When
      log.append(old);

      // Then
      assertReads(log.read(), 2);
    }

    @Test
    void shouldShowDamageWhenTheClosingRecordWasReplacedByAnOlderOne() {
      // Given
      List<SignedRecord> old = log.publish(changes("a", "enabled"));
      log.publish(changes("a", "disabled"));

      // When
      log.append(old.get(1));
      log.compact();

      // Then
      assertDamaged(log.read());
    }

    @Test
    void shouldRefuseARollbackOfTheWholeLogWhereTheNewestRevisionIsKnown() {
      // Given: everything since revision 1 replaced by revision 1's own records, the one thing that shows nowhere else
      List<SignedRecord> old = log.publish(changes("a", "enabled"));
      log.publish(changes("a", "disabled"));
      log.append(old);
      log.compact();

      // When
      Materialiser read = log.read(2);

      // Then
      assertDamaged(read);
      assertThat(read.problem().orElseThrow()).contains("rolled back to 1");
    }

    @Test
    void shouldLetTheHighestRevisionOfAKeyCountWhereNoneIsAdoptedYet() {
      // Given: compaction took the first revision's closing record; its entry is appended again before the second's
      List<SignedRecord> first = log.publish(changes("a", "enabled", "b", "1"));
      List<SignedRecord> second = log.publish(changes("a", "disabled"));
      Materialiser read = new Materialiser(log.codec(), 0);

      // When
      read.accept(first.get(1));
      read.accept(second.get(0));
      read.accept(first.get(0));
      read.accept(second.get(1));

      // Then
      assertReads(read, 2);
    }

    @Test
    void shouldBearTheSameRecordsTwice() {
      // Given
      List<SignedRecord> published = log.publish(changes("a", "1", "b", "1"));

      // When
      log.append(published);

      // Then
      assertReads(log.read(), 1);
      log.compact();
      assertReads(log.read(), 1);
    }

    @Test
    void shouldBearALiveEntryMovedBehindItsRevisionByCompaction() {
      // Given
      List<SignedRecord> published = log.publish(changes("a", "1", "b", "1"));
      log.append(published.get(0));

      // When
      log.compact();

      // Then
      assertReads(log.read(), 1);
    }
  }

  @Nested
  class EntriesWithoutClosingRevision {
    @Test
    void shouldNotShow() {
      // Given
      log.publish(changes("a", "1"));
      List<SignedRecord> cutOff = log.abort(changes("a", "2", "b", "1"));

      // When
      log.append(cutOff.subList(0, 2));

      // Then
      Materialiser read = log.read();
      assertReads(read, 1);
      assertThat(read.unclosed()).hasSize(2);
      assertThat(read.newestNumber()).isEqualTo(2);
    }

    @Test
    void shouldNotSlipIntoTheNextRevision() {
      // Given: records of an apply that was cut off, appended by somebody who saw them
      log.publish(changes("a", "1"));
      Materialiser running = log.read();
      List<SignedRecord> cutOff = log.abort(changes("b", "cut off"));
      running.accept(cutOff.get(0));

      // When
      log.publish(changes("c", "1")).forEach(running::accept);

      // Then: revision 1 stays, and the entry is not served
      assertThat(running.problem()).isPresent();
      assertThat(running.current().map(Revision::number)).contains(1L);
      assertThat(running.live()).isEqualTo(Map.of(client("a"), "1"));
    }

    @Test
    void shouldBeOverruledByTheRevisionThatSpeaksOfTheSame() {
      // Given
      log.publish(changes("a", "1"));
      Materialiser running = log.read();
      running.accept(log.abort(changes("a", "cut off")).get(0));

      // When
      log.publish(changes("a", "2")).forEach(running::accept);

      // Then
      assertReads(running, 2);
    }

    @Test
    void shouldEndWhenARepairPublishesEverythingAgain() {
      // Given
      log.publish(changes("a", "1"));
      Materialiser running = log.read();
      running.accept(log.abort(changes("b", "cut off")).get(0));
      log.publish(changes("c", "1")).forEach(running::accept);
      assertThat(running.problem()).isPresent();

      // When
      log.publish(changes("a", "1", "b", null, "c", "1")).forEach(running::accept);

      // Then
      assertReads(running, 3);
    }
  }

  @Test
  void shouldDropAnEntryUnderTheKeyOfAnother() {
    // Given: compaction would let it replace what it does not speak of
    log.publish(changes("a", "1", "b", "1"));

    // When
    log.append(log.misnamed("a", "b", "2"));

    // Then
    Materialiser read = log.read();
    assertThat(read.refused()).isEqualTo(1);
    assertThat(read.unclosed()).isEmpty();
  }

  @Test
  void shouldShowDamageWhenAnEntryIsMissing() {
    // Given
    List<SignedRecord> published = log.publish(changes("a", "1", "b", "1"));

    // When
    Materialiser read = new Materialiser(log.codec(), 0);
    read.accept(published.get(0));
    read.accept(published.get(2));

    // Then
    assertDamaged(read);
  }
}
