package dev.mintlog.cli;

import dev.mintlog.audit.AuditEntry;
import dev.mintlog.audit.AuditQuery;
import dev.mintlog.audit.AuditTally;
import dev.mintlog.audit.AuditTrail;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.connections.Connections;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.schema.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mintlog audit}: the record of what was issued, denied, approved and revoked, a line of JSON each. */
@Command(name = "audit", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Prints the audit's events as JSON, one a line, oldest first: each once, and only those that were "
        + "written with the channel secret. What was left out is counted on stderr."},
    footer = {"", "Example: mintlog audit --client demo-service --limit 10 --config mintlog.yaml",
        "Example: mintlog audit --follow --since 2026-01-31T00:00:00Z --config mintlog.yaml"})
final class AuditCommand implements Callable<Integer> {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(30);

  @Option(names = "--follow", description = "Go on with what is appended, until Ctrl-C.")
  private boolean follow;

  @Option(names = "--client", paramLabel = "ID", description = "Only of this client.")
  private String client;

  @Option(names = "--tenant", paramLabel = "T", description = "Only of this tenant.")
  private String tenant;

  @Option(names = "--authorization", paramLabel = "ID",
      description = "Only of this authorization, and tokens that were got on behalf of its user.")
  private String authorization;

  @Option(names = "--since", paramLabel = "TIME",
      description = "Only what was appended from then on, as 2026-01-31T00:00:00Z.")
  private String since;

  @Option(names = "--limit", paramLabel = "N", defaultValue = "" + AuditQuery.LIMIT_DEFAULT,
      description = "Only the newest so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Mixin
  private OperatorSettings operator;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    AuditQuery query = query();
    Settings settings = operator.load(OperatorSettings.LOG_AND_CHANNEL);
    KafkaSettings kafka = Connections.kafka(settings, "mintlog-audit");
    try (RecordCodec codec = Connections.codec(settings)) {
      codec.prepare(WireSchemas.of(Topics.EVENTS), CONNECT_MAX);
      LogRecords records = new LogRecords(codec, new RecordMac(Connections.channelSecrets(settings)));
      try (AuditTrail trail = new AuditTrail(kafka, records)) {
        if (follow) {
          trail.follow(query, this::print, () -> !spec.commandLine().getOut().checkError());
        } else {
          trail.read(query).forEach(this::print);
        }
        printLeftOut(trail.tally());
      }
    }
    return ExitCodes.DONE;
  }

  private AuditQuery query() {
    try {
      AuditQuery query = AuditQuery.ALL.limitedTo(limit);
      query = tenant == null ? query : query.ofTenant(tenant);
      query = client == null ? query : query.ofClient(client);
      query = authorization == null ? query : query.ofAuthorization(authorization);
      return since == null ? query : query.from(Instant.parse(since));
    } catch (DateTimeParseException e) {
      throw new ParameterException(spec.commandLine(),
          "--since is " + since + ", but expected a time such as 2026-01-31T00:00:00Z");
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--limit: " + e.getMessage());
    }
  }

  private void print(AuditEntry entry) {
    spec.commandLine().getOut().println(entry.json());
    spec.commandLine().getOut().flush();
  }

  private void printLeftOut(AuditTally tally) {
    PrintWriter err = spec.commandLine().getErr();
    if (tally.forged() > 0) {
      err.println("mintlog audit: left out " + tally.forged() + " records that lack the channel secret's MAC: forged");
    }
    if (tally.undecodable() > 0) {
      err.println("mintlog audit: left out " + tally.undecodable() + " records that this version cannot read");
    }
    err.flush();
  }
}
