package dev.mintlog.bench.script;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a virtual user does: an opening once, then a round again and again, with one token in each round. After anything
 * but success it begins with its opening again, as a client does that has lost its credential.
 *
 * @param opening may be empty; none of its steps counts as a token
 * @param round one step of it counts as a token
 */
public record Script(List<Step> opening, List<Step> round) {

  public Script {
    opening = List.copyOf(opening);
    round = List.copyOf(round);
    if (opening.stream().anyMatch(Step::countsAsToken) || round.stream().filter(Step::countsAsToken).count() != 1) {
      throw new IllegalArgumentException("expected one token in each round and none in the opening");
    }
  }

  /** The same request for ever. */
  public static Script repeating(Target target, Request request) {
    return new Script(List.of(), List.of(Step.token(target, request)));
  }

  /** The same step for ever. */
  public static Script repeating(Step token) {
    return new Script(List.of(), List.of(token));
  }

  public List<Step> steps() {
    return Stream.concat(opening.stream(), round.stream()).toList();
  }
}
