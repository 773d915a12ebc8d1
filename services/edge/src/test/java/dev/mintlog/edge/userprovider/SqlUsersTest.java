package dev.mintlog.edge.userprovider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.user.PasswordAttempt;
import dev.mintlog.edge.user.PasswordVerdict;
import dev.mintlog.edge.user.PasswordVerdict.NoMatch;
import dev.mintlog.edge.user.PasswordVerdict.NotJudged;
import dev.mintlog.edge.user.PasswordVerdict.Verified;
import dev.mintlog.edge.user.UserProvider;
import dev.mintlog.runtime.lifecycle.StartException;
import io.vertx.ext.auth.hashing.HashingStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of a table in a real database: H2, in a file, over TCP. */
class SqlUsersTest {
  private static final String QUERY = "SELECT password FROM users WHERE username = ?";
  /** Longer than any test waits: what ends in time is ended by a bound of the provider's own. */
  private static final Duration LONGER_THAN_THE_TEST = Duration.ofMinutes(2);

  @TempDir
  private Path dir;

  private Server database;
  private UserProviders opened;

  @BeforeEach
  void startDatabase() throws Exception {
    database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", dir.toString()).start();
    try (Connection connection = connect(); Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE users (username VARCHAR(100) PRIMARY KEY, password VARCHAR(400))");
      add(connection, "erin", hash("pbkdf2", Map.of("it", "1000"), "correct horse"));
      add(connection, "frank", hash("sha512", Map.of(), "other horse"));
      add(connection, "gina", "correct horse");
      add(connection, "heidi", null);
    }
  }

  @AfterEach
  void stop() {
    if (opened != null) {
      opened.close();
    }
    database.stop();
  }

  private static String hash(String algorithm, Map<String, String> parameters, String password) {
    return HashingStrategy.load().hash(algorithm, parameters, "bWludGxvZ3NhbHQ", password);
  }

  private static void add(Connection connection, String username, String hash) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO users VALUES (?, ?)")) {
      insert.setString(1, username);
      insert.setString(2, hash);
      insert.execute();
    }
  }

  private String url() {
    return "jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/./users";
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), "sa", "database secret");
  }

  private UserProvider users(String query, int connectionsMax) throws IOException {
    Path secret = Files.writeString(dir.resolve("database-secret"), "database secret\n");
    return open("{jdbcUrl: \"" + url() + "\", user: sa, passwordFile: " + secret + ", authenticationQuery: \"" + query
        + "\", connectionsMax: " + connectionsMax + ", querySecondsMax: 1}");
  }

  private UserProvider users() throws IOException {
    return users(QUERY, 2);
  }

  private UserProvider open(String options) throws IOException {
    Path file = Files.writeString(dir.resolve("users.yaml"),
        "providers:\n  - {name: staff, type: sql, tenants: [default], options: " + options + "}\n");
    opened = UserProviders.open(file, new ProviderBounds(4, 32, LONGER_THAN_THE_TEST, Duration.ofMillis(1)));
    return opened.providers().get(0);
  }

  private static CompletableFuture<PasswordVerdict> ask(UserProvider provider, String username, String password) {
    CompletableFuture<PasswordVerdict> verdict = new CompletableFuture<>();
    provider.verify(new PasswordAttempt(TestRegistry.snapshot(), "default", "till", username, password),
        verdict::complete);
    return verdict;
  }

  private static PasswordVerdict verdict(UserProvider provider, String username, String password) throws Exception {
    return ask(provider, username, password).get(30, TimeUnit.SECONDS);
  }

  @Test
  void shouldKnowItsUsersByTheirPasswords() throws Exception {
    UserProvider users = users();

    Verified erin = (Verified) verdict(users, "erin", "correct horse");

    assertThat(erin.provider()).isEqualTo("staff");
    assertThat(verdict(users, "ERIN", "correct horse")).as("one user, one subject").isEqualTo(erin);
    assertThat(verdict(users, "frank", "other horse")).isInstanceOf(Verified.class).isNotEqualTo(erin);
    assertThat(verdict(users, "erin", "other horse")).isEqualTo(new NoMatch());
    assertThat(verdict(users, "nobody", "correct horse")).isEqualTo(new NoMatch());
  }

  @ParameterizedTest
  @ValueSource(strings = {"' OR '1'='1", "erin'--", "%", "erin ", "ｅｒｉｎ", "?"})
  void shouldTakeNoNameThatMeansMoreThanItself(String username) throws Exception {
    assertThat(verdict(users(), username, "correct horse")).isEqualTo(new NoMatch());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gina", "heidi"})
  void shouldLetNobodyInWhosePasswordRestsAsItIsOrNotAtAll(String username) throws Exception {
    assertThat(verdict(users(), username, "correct horse")).isNotInstanceOf(Verified.class);
  }

  @Test
  void shouldNotSayNoWhileTheDatabaseIsGoneAndAskAgainOnceItIsBack() throws Exception {
    // Given connections that are in use
    UserProvider users = users();
    assertThat(verdict(users, "erin", "correct horse")).isInstanceOf(Verified.class);
    int port = database.getPort();

    // When
    database.stop();

    // Then
    assertThat(verdict(users, "erin", "correct horse")).isInstanceOf(NotJudged.class);
    assertThat(verdict(users, "erin", "wrong")).isInstanceOf(NotJudged.class);
    database = Server.createTcpServer("-tcpPort", Integer.toString(port), "-baseDir", dir.toString()).start();
    Awaitility.await().atMost(Duration.ofSeconds(20))
        .until(() -> verdict(users, "erin", "correct horse") instanceof Verified);
  }

  @Test
  void shouldEndAQueryThatTakesLongerThanItsBound() throws Exception {
    UserProvider users = users("SELECT password FROM users WHERE username = ? AND"
        + " (SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1000000) a, SYSTEM_RANGE(1, 1000000) b) > 0", 1);

    assertThat(verdict(users, "erin", "correct horse")).isInstanceOf(NotJudged.class);
  }

  @Test
  void shouldHoldNoMoreConnectionsThanItsBound() throws Exception {
    UserProvider users = users(QUERY, 2);
    List<CompletableFuture<PasswordVerdict>> verdicts = new ArrayList<>();

    for (int i = 0; i < 16; i++) {
      verdicts.add(ask(users, "erin", "correct horse"));
    }

    for (CompletableFuture<PasswordVerdict> verdict : verdicts) {
      assertThat(verdict.get(30, TimeUnit.SECONDS)).isInstanceOf(Verified.class);
    }
    assertThat(sessions() - 1).as("those of the provider").isBetween(1, 2);
  }

  private int sessions() throws SQLException {
    try (Connection connection = connect(); Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS")) {
      row.next();
      return row.getInt(1);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
      "{authenticationQuery: 'SELECT p FROM u WHERE n = ?'} | expected text as options.jdbcUrl",
      "{jdbcUrl: 'postgresql://db/users', authenticationQuery: 'SELECT p FROM u WHERE n = ?'} | expected jdbc:NAME:…",
      "{jdbcUrl: 'jdbc:nosuch://db/users', authenticationQuery: 'SELECT p FROM u WHERE n = ?'} | found none for jdbc:nosuch:…",
      "{jdbcUrl: 'jdbc:h2:mem:x;PASSWORD=hush', authenticationQuery: 'SELECT p FROM u WHERE n = ?'} | expected no password",
      "{jdbcUrl: 'jdbc:h2:mem:x'} | expected text as options.authenticationQuery",
      "{jdbcUrl: 'jdbc:h2:mem:x', authenticationQuery: 'SELECT p FROM u'} | with one ? for the username",
      "{jdbcUrl: 'jdbc:h2:mem:x', authenticationQuery: 'DELETE FROM u WHERE n = ?'} | expected a SELECT",
      "{jdbcUrl: 'jdbc:h2:mem:x', authenticationQuery: 'SELECT p FROM u WHERE n = ?', connectionsMax: 0} | expected 1 to 64",
      "{jdbcUrl: 'jdbc:h2:mem:x', authenticationQuery: 'SELECT p FROM u WHERE n = ?', querySecondsMax: 31} | expected 1 to 30",
      "{jdbcUrl: 'jdbc:h2:mem:x', authenticationQuery: 'SELECT p FROM u WHERE n = ?', passwordFile: /none/such} | can be read",
      "{jdbcUrl: 'jdbc:h2:mem:x', authenticationQuery: 'SELECT p FROM u WHERE n = ?', password: hush} | found 'password'"})
  void shouldSayInOneLineWhatIsWrongWithItsOptions(String options, String expected) {
    assertThatThrownBy(() -> open(options)).isInstanceOf(StartException.class)
        .hasMessageStartingWith("users.providers-file " + dir.resolve("users.yaml") + ": staff: expected")
        .hasMessageContaining(expected).message().doesNotContain("hush").doesNotContain("\n");
  }
}
