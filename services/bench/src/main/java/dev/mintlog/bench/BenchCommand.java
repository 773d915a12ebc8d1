package dev.mintlog.bench;

import dev.mintlog.bench.grant.ClientAuth;
import dev.mintlog.bench.grant.ClientCredentialsScript;
import dev.mintlog.bench.grant.DemoFile;
import dev.mintlog.bench.grant.DemoSide;
import dev.mintlog.bench.grant.GrantScript;
import dev.mintlog.bench.grant.GrantScripts;
import dev.mintlog.bench.grant.LoadedClient;
import dev.mintlog.bench.grant.LoginAddress;
import dev.mintlog.bench.grant.LoginApi;
import dev.mintlog.bench.load.BenchPlan;
import dev.mintlog.bench.load.BenchResult;
import dev.mintlog.bench.load.BenchRun;
import dev.mintlog.bench.load.CpuMeter;
import dev.mintlog.bench.load.MeasuredProcess;
import dev.mintlog.bench.script.BenchException;
import dev.mintlog.bench.script.Script;
import dev.mintlog.bench.script.Target;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
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
    footer = {"", "Where a credential serves once, a fresh one is made for each token. What that takes is reported",
        "beside the tokens: its latencies are not theirs, its CPU time is part of their cost.", "",
        "Example: mintlog bench --concurrency 16,64 --alg RS256,ES256 --seconds 20 --warmup 60",
        "         mintlog bench --grant authorization_code --concurrency 16 --alg ES256",
        "         mintlog bench --client-auth client_secret_post,private_key_jwt --alg RS256 --concurrency 16"})
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
      description = "Grant to load: ${COMPLETION-CANDIDATES}, or the URI of an extension, its credential in --form "
          + "(default: ${DEFAULT-VALUE}).",
      completionCandidates = GrantNames.class)
  private String grant;

  @Option(names = "--client-auth", paramLabel = "M", split = ",", defaultValue = "client_secret_basic",
      description = "How the client proves itself, with client_credentials: client_secret_basic, client_secret_post, "
          + "private_key_jwt (RS256). Several are measured one after the other and set against client_secret_post "
          + "(default: ${DEFAULT-VALUE}).")
  private List<String> clientAuths;

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
      List<BenchResult> results = measure(variants());
      json.ifPresent(file -> BenchReport.writeJson(file, results));
      return results.stream().allMatch(result -> result.failures() == 0) ? ALL_TOKENS : SOME_ERRORS;
    } catch (BenchException refused) {
      spec.commandLine().getErr().println("mintlog bench: " + refused.getMessage());
      spec.commandLine().getErr().flush();
      return NOT_MEASURED;
    }
  }

  /** A plan, and what it is compared by. */
  private record Variant(String alg, ClientAuth auth, BenchPlan plan) {
  }

  private List<Variant> variants() {
    GrantScript script = GrantScripts.of(grant);
    List<ClientAuth> auths = clientAuths.stream().map(ClientAuth::of).toList();
    if (!auths.equals(List.of(ClientAuth.CLIENT_SECRET_BASIC)) && !(script instanceof ClientCredentialsScript)) {
      throw new BenchException("--client-auth: expected no other than client_secret_basic with --grant " + grant);
    }
    List<Variant> variants = new ArrayList<>();
    for (String alg : client.isPresent() ? List.of(client.get()) : algs) {
      auths.forEach(auth -> variants.add(new Variant(alg, auth, plan(script, alg, auth))));
    }
    return variants;
  }

  /** @param named algorithm of the client's tokens, or the client that was asked for */
  private BenchPlan plan(GrantScript script, String named, ClientAuth auth) {
    Target target = Target.of(url);
    String clientId = client.orElseGet(() -> "bench-" + named.toLowerCase(Locale.ROOT));
    LoadedClient loaded = new LoadedClient(clientId, target, headers, form);
    Script steps = script instanceof ClientCredentialsScript
        ? auth.clientCredentials(loaded, demoFile())
        : script.write(loaded.withHeader("Authorization", authorization(clientId)), demoSide(target));
    return new BenchPlan(clientAuths.size() == 1 ? named : named + " " + auth.methodName(), script.grantType(), target,
        steps, client.isPresent() ? Optional.empty() : Optional.of(named), concurrency,
        Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(seconds), Duration.ofSeconds(timeoutSeconds));
  }

  private String authorization(String clientId) {
    return headers.containsKey("Authorization") ? headers.get("Authorization") : demoFile().client(clientId).basic();
  }

  private DemoSide demoSide(Target target) {
    return new DemoSide() {
      @Override
      public LoginApi login() {
        Map<String, String> authorization = Map.of("Authorization", demoFile().client(LOGIN_CLIENT).basic());
        return new LoginApi(LoginAddress.find(loginUrl, directory),
            new LoadedClient(LOGIN_CLIENT, target, authorization, Map.of()));
      }

      @Override
      public DemoFile.DemoUser user() {
        return demoFile().user();
      }

      @Override
      public PrivateKey assertionKey() {
        return demoFile().assertionKey();
      }
    };
  }

  private DemoFile demoFile() {
    return new DemoFile(directory.resolve("demo.json"));
  }

  private List<BenchResult> measure(List<Variant> variants) {
    BenchReport report =
        new BenchReport(spec.commandLine().getOut(), variants.stream().map(variant -> variant.plan().name()).toList());
    BenchRun run = new BenchRun(new CpuMeter(processes()));
    ClientAuthRatios ratios = new ClientAuthRatios();
    List<BenchResult> results = new ArrayList<>();
    report.header(grant);
    for (Variant variant : variants) {
      run.run(variant.plan(), result -> {
        results.add(result);
        ratios.add(variant.alg(), variant.auth(), result);
        report.row(result);
      });
    }
    report.ratios(ratios.lines());
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
