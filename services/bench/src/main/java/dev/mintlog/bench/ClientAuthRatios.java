package dev.mintlog.bench;

import dev.mintlog.bench.grant.ClientAuth;
import dev.mintlog.bench.load.BenchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Sets what a token costs edge and processor by one client authentication against another, as measured in the same run:
 * machines differ more than the two do.
 */
final class ClientAuthRatios {

  private final List<Measured> measured = new ArrayList<>();

  private record Measured(String alg, ClientAuth auth, BenchResult result) {

    boolean isBeside(Measured other) {
      return alg.equals(other.alg) && result.concurrency() == other.result.concurrency();
    }

    /** Of edge and processor, in one process or two; none where it was not measured. */
    OptionalDouble cpu() {
      Map<String, Double> roles = result.cpu().secondsPer1000Tokens();
      return roles.keySet().stream().anyMatch(ClientAuthRatios::isOurs)
          ? OptionalDouble.of(roles.entrySet().stream().filter(role -> isOurs(role.getKey()))
              .mapToDouble(Map.Entry::getValue).sum())
          : OptionalDouble.empty();
    }
  }

  void add(String alg, ClientAuth auth, BenchResult result) {
    measured.add(new Measured(alg, auth, result));
  }

  /** A line for each measurement by another method than client_secret_post that has one by that beside it. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Measured base : measured) {
      if (base.auth() == ClientAuth.CLIENT_SECRET_POST && base.cpu().orElse(0) > 0) {
        measured.stream().filter(other -> other.auth() != base.auth() && other.isBeside(base) && other.cpu().isPresent())
            .forEach(other -> lines.add(String.format(Locale.ROOT,
                "CPU of edge and processor per token, %s, %d connections: %s %.2f of %s", base.alg(),
                base.result().concurrency(), other.auth().methodName(),
                other.cpu().getAsDouble() / base.cpu().getAsDouble(), base.auth().methodName())));
      }
    }
    return lines;
  }

  private static boolean isOurs(String role) {
    return role.contains("edge") || role.contains("processor");
  }
}
