package dev.mintlog.clients.powershell;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Somebody's PowerShell. Its hashtables are enumerated in an order that nobody chose; {@code -Dmintlog.powershell.seed} makes
 * the orders of a run again.
 */
public final class PowerShellSession {
  /** Headers that have a place of their own in the head. */
  private static final Set<String> PLACED = Set.of("User-Agent", "Content-Type");

  private final PowerShell edition;
  private final long seed;
  private final Random order;
  private final InstantSource clock;
  private final List<CmdletException> host = new ArrayList<>();
  private String lastForm = "";

  private PowerShellSession(PowerShell edition, long seed, Random order, InstantSource clock) {
    this.edition = edition;
    this.seed = seed;
    this.order = order;
    this.clock = clock;
  }

  /** One of each PowerShell. */
  public static Stream<PowerShellSession> ofEach() {
    long seed = Long.getLong("mintlog.powershell.seed", System.nanoTime());
    return Stream.of(PowerShell.values())
        .map(edition -> new PowerShellSession(edition, seed, new Random(seed), InstantSource.system()));
  }

  /** The same on a machine whose clock shows another time. */
  public PowerShellSession withClock(InstantSource other) {
    return new PowerShellSession(edition, seed, order, other);
  }

  PowerShell edition() {
    return edition;
  }

  /** {@code Get-UnixTime}. */
  long getUnixTime() {
    return clock.instant().getEpochSecond();
  }

  /** A hashtable as it happens to be enumerated this time. */
  <T> List<Map.Entry<String, T>> enumerated(Map<String, T> hashtable) {
    List<Map.Entry<String, T>> entries = new ArrayList<>(hashtable.entrySet());
    Collections.shuffle(entries, order);
    return entries;
  }

  /**
   * {@code Invoke-RestMethod -Uri … -Body @{…}} without a method: GET, and the hashtable becomes the query.
   *
   * @throws CmdletException where the status is 400 or more
   */
  public JsonNode invokeRestMethod(URI uri, Map<String, String> body) {
    String query = edition.formatDictionary(enumerated(body));
    String target = uri.getRawPath() + (query.isEmpty() ? "" : "?" + query);
    return read(send(uri, "GET", target, Map.of(), new byte[0]));
  }

  /**
   * {@code Invoke-RestMethod -Method Post} with a hashtable as body.
   *
   * @throws CmdletException where the status is 400 or more
   */
  JsonNode post(URI uri, Map<String, String> headers, Map<String, String> body) {
    return post(uri, headers, edition.formatDictionary(enumerated(body)));
  }

  /** {@code Invoke-RestMethod -Method Post} with a body that is a text already. */
  JsonNode post(URI uri, Map<String, String> headers, String body) {
    lastForm = body;
    String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    return read(send(uri, "POST", target, headers, body.getBytes(StandardCharsets.UTF_8)));
  }

  /** {@code Write-PSFMessage -Level Host}: what a cmdlet tells its user and does not throw. */
  void writeHost(CmdletException message) {
    host.add(message);
  }

  /** What the user was told last. */
  public CmdletException lastOnHost() {
    return host.get(host.size() - 1);
  }

  /** The fields of the last form, as they went out. */
  public List<String> lastForm() {
    return List.of(lastForm.split("&"));
  }

  private RawAnswer send(URI uri, String method, String target, Map<String, String> headers, byte[] body) {
    List<String> more = enumerated(headers).stream().filter(header -> !PLACED.contains(header.getKey()))
        .map(header -> header.getKey() + ": " + header.getValue()).toList();
    byte[] head = new RawRequest(method, target, edition.head(uri.getAuthority(),
        Optional.ofNullable(headers.get("User-Agent")), Optional.ofNullable(headers.get("Content-Type")), more,
        body.length), body).head();
    byte[] request = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    try (RawConnection connection = RawConnection.to(uri)) {
      return connection.exchange(request);
    }
  }

  private JsonNode read(RawAnswer answer) {
    if (answer.status() >= 400) {
      throw new CmdletException(answer.status(), answer.text(), toString());
    }
    return answer.json();
  }

  @Override
  public String toString() {
    return edition + ", -Dmintlog.powershell.seed=" + seed;
  }
}
