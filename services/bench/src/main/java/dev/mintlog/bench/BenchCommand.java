package dev.mintlog.bench;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mintlog bench}: exit code 0 when every answer was a token, 1 when one was not, 2 when nothing was measured. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Loads a token endpoint on this machine and says how many tokens it mints and what they cost in CPU.",
    footer = {"", "Every grant but client_credentials has a fresh credential made for each token. What that takes is reported",
        "beside the tokens: its latencies are not theirs, its CPU time is part of their cost.", "",
        "Example: mintlog bench --concurrency 16,64 --alg RS256,ES256 --seconds 20 --warmup 60",
        "         mintlog bench --grant authorization_code --concurrency 16 --alg ES256"})
public final class BenchCommand implements Callable<Integer> {

  private static final int ALL_TOKENS = 0;
  private static final int SOME_ERRORS = 1;
  private static final int NOT_MEASURED = 2;
  private static final String LOGIN_CLIENT = "demo-login";

  @Option(names = "--url", paramLabel = "URL", defaultValue = "http://127.0.0.1:8080/connect/token",
      description = "Token endpoint, on loopback (default: ${DEFAULT-VALUE}).")
  private URI url;

  @Option(names = "--concurrency", paramLabel = "N", split = ",", defaultValue = "16,64",
      description = "Clients at a time, each with a connection of its own, one step for each number "
          + "(default: ${DEFAULT-VALUE}).")
  private List<Integer> concurrency;

  @Option(names = "--alg", paramLabel = "ALG", split = ",", defaultValue = "RS256,ES256",
      description = "Signatures to measure, each by its demo client bench-<alg> (default: ${DEFAULT-VALUE}).")
  private List<String> algs;

  @Option(names = "--client", paramLabel = "ID", description = "This demo client instead, whatever its signature.")
  private Optional<String> client;

  @Option(names = "--seconds", paramLabel = "S", defaultValue = "20",
      description = "Length of each measurement (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--warmup", paramLabel = "S", defaultValue = "20",
      description = "Load before the first measurement of each signature; later steps take at most 5 s of it "
          + "(default: ${DEFAULT-VALUE}).")
  private int warmUpSeconds;

  @Option(names = "--timeout", paramLabel = "S", defaultValue = "10",
      description = "An answer later than this is an error (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Option(names = "--grant", paramLabel = "TYPE", defaultValue = "client_credentials",
      description = "Grant to load: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      completionCandidates = GrantNames.class)
  private String grant;

  @Option(names = "--login-url", paramLabel = "URL",
      description = "Login API, on loopback, where the grant needs one (default: the port in ports.properties of --dir).")
  private Optional<URI> loginUrl;

  @Option(names = "--form", paramLabel = "NAME=VALUE",
      description = "More parameters of token requests; {unique} in one becomes 16 hex digits of each request's own.")
  private Map<String, String> form = new LinkedHashMap<>();

  @Option(names = "--header", paramLabel = "NAME=VALUE", description = "More headers of the client's requests.")
  private Map<String, String> headers = new LinkedHashMap<>();

  @Option(names = "--dir", paramLabel = "D", defaultValue = ".mintlog",
      description = "State directory of the running system: its demo.json names the clients, its run/processes.json "
          + "the processes (default: ${DEFAULT-VALUE}).")
  private Path directory;

  @Option(names = "--pid", paramLabel = "ROLE=PID",
      description = "Measure these processes' CPU instead of those in run/processes.json.")
  private Map<String, Long> pids = new LinkedHashMap<>();

  @Option(names = "--json", paramLabel = "F", description = "Also write the results to this file as JSON.")
  private Optional<Path> json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      List<BenchResult> results = measure(plans());
      json.ifPresent(file -> BenchReport.writeJson(file, results));
      return results.stream().allMatch(result -> result.failures() == 0) ? ALL_TOKENS : SOME_ERRORS;
    } catch (BenchException refused) {
      spec.commandLine().getErr().println("mintlog bench: " + refused.getMessage());
      spec.commandLine().getErr().flush();
      return NOT_MEASURED;
    }
  }

  private List<BenchPlan> plans() {
    GrantScript script = GrantScripts.of(grant);
    Target target = Target.of(url);
    if (client.isPresent()) {
      return List.of(plan(script, target, client.get(), client.get(), Optional.empty()));
    }
    return algs.stream()
        .map(alg -> plan(script, target, alg, "bench-" + alg.toLowerCase(Locale.ROOT), Optional.of(alg)))
        .toList();
  }

  private BenchPlan plan(GrantScript script, Target target, String name, String clientId, Optional<String> expectedAlg) {
    Map<String, String> allHeaders = new LinkedHashMap<>(headers);
    allHeaders.computeIfAbsent("Authorization", absent -> demoClients().authorization(clientId));
    LoadedClient loaded = new LoadedClient(clientId, target, allHeaders, form);
    return new BenchPlan(name, script.grantType(), target, script.write(loaded, () -> loginApi(target)), expectedAlg,
        concurrency, Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(seconds), Duration.ofSeconds(timeoutSeconds));
  }

  private LoginApi loginApi(Target target) {
    Map<String, String> authorization = Map.of("Authorization", demoClients().authorization(LOGIN_CLIENT));
    return new LoginApi(LoginAddress.find(loginUrl, directory),
        new LoadedClient(LOGIN_CLIENT, target, authorization, Map.of()));
  }

  private DemoClients demoClients() {
    return new DemoClients(directory.resolve("demo.json"));
  }

  private List<BenchResult> measure(List<BenchPlan> plans) {
    BenchReport report = new BenchReport(spec.commandLine().getOut());
    BenchRun run = new BenchRun(new CpuMeter(processes()));
    List<BenchResult> results = new ArrayList<>();
    report.header(grant);
    for (BenchPlan plan : plans) {
      run.run(plan, result -> {
        results.add(result);
        report.row(result);
      });
    }
    return results;
  }

  private List<MeasuredProcess> processes() {
    List<MeasuredProcess> processes = new ArrayList<>();
    Path file = directory.resolve("run/processes.json");
    if (!pids.isEmpty()) {
      pids.forEach((role, pid) -> processes.add(new MeasuredProcess(role, pid, OptionalLong.empty())));
    } else if (Files.exists(file)) {
      processes.addAll(MeasuredProcess.listedIn(file));
    } else {
      spec.commandLine().getErr().println("mintlog bench: no " + file
          + ", so only the load generator's CPU is measured: say --dir, or name processes with --pid ROLE=PID");
    }
    processes.add(MeasuredProcess.loadGenerator());
    return processes;
  }
}
