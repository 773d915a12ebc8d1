package dev.mintlog.registry.apply;

import dev.mintlog.channel.log.LogLayout;
import java.time.Duration;
import java.util.Optional;

/**
 * How a document is applied.
 *
 * @param publicUrl what issuers are made of where the document names none
 * @param partitions of token-commands; recorded by the first apply, checked by every later one
 * @param rewrite publish every entry again: repairs a damaged topic, and signs and seals all with the current key
 * @param bound how long each step with Kafka may take
 * @param authorizationsKept how long the changelog is kept, which no authorization may outlive
 */
public record ApplyOptions(
    Optional<String> publicUrl, int partitions, boolean rewrite, Duration bound, Duration authorizationsKept) {
  private static final Duration BOUND = Duration.ofSeconds(30);

  public ApplyOptions {
    if (partitions < 1) {
      throw new IllegalArgumentException("expected one partition at least, found " + partitions);
    }
  }

  public static ApplyOptions of(Optional<String> publicUrl, int partitions) {
    return new ApplyOptions(publicUrl, partitions, false, BOUND, LogLayout.AUTHORIZATIONS_RETENTION);
  }

  public ApplyOptions withRewrite() {
    return new ApplyOptions(publicUrl, partitions, true, bound, authorizationsKept);
  }

  public ApplyOptions withAuthorizationsKept(Duration kept) {
    return new ApplyOptions(publicUrl, partitions, rewrite, bound, kept);
  }
}
