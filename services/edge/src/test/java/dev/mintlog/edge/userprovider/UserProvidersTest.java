package dev.mintlog.edge.userprovider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.user.PasswordAttempt;
import dev.mintlog.edge.user.PasswordVerdict;
import dev.mintlog.edge.user.PasswordVerdict.NoMatch;
import dev.mintlog.edge.user.PasswordVerdict.NotJudged;
import dev.mintlog.edge.user.PasswordVerdict.Verified;
import dev.mintlog.edge.user.UserProvider;
import dev.mintlog.runtime.lifecycle.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The providers of a file, as the password grant asks them. */
class UserProvidersTest {
  private static final ProviderBounds BOUNDS =
      new ProviderBounds(2, 4, Duration.ofSeconds(10), Duration.ofMillis(1));

  @TempDir
  private Path dir;

  private UserProviders opened;

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  private UserProvider provider(String type, String options) throws IOException {
    opened = open("providers:\n  - {name: staff, type: " + type + ", tenants: [default], options: " + options + "}\n");
    return opened.providers().get(0);
  }

  private UserProviders open(String yaml) throws IOException {
    return UserProviders.open(Files.writeString(dir.resolve("users.yaml"), yaml), BOUNDS);
  }

  private static PasswordVerdict verdict(UserProvider provider, String tenant, String username, String password)
      throws Exception {
    CompletableFuture<PasswordVerdict> verdict = new CompletableFuture<>();
    provider.verify(new PasswordAttempt(TestRegistry.snapshot(), tenant, "till", username, password),
        verdict::complete);
    return verdict.get(20, TimeUnit.SECONDS);
  }

  private static PasswordVerdict verdict(UserProvider provider, String username, String password) throws Exception {
    return verdict(provider, "default", username, password);
  }

  @Nested
  class Htpasswd {
    private static final String USERS = """
        # made by htpasswd -m, and -s
        erin:$apr1$mintlog1$9PgfIJfw2LEXmb88W6bZD1
        frank:{SHA}snZkV0drNaBIqMMCEkzmhp/snoM=
        """;

    private UserProvider users(String lines) throws IOException {
      return provider("htpasswd", "{htpasswdFile: " + Files.writeString(dir.resolve("htpasswd"), lines) + "}");
    }

    @Test
    void shouldKnowItsUsersByTheirPasswords() throws Exception {
      UserProvider users = users(USERS);

      assertThat(verdict(users, "erin", "correct horse")).isInstanceOf(Verified.class);
      assertThat(verdict(users, "frank", "other horse")).isInstanceOf(Verified.class);
      assertThat(verdict(users, "erin", "other horse")).isEqualTo(new NoMatch());
      assertThat(verdict(users, "nobody", "correct horse")).isEqualTo(new NoMatch());
      assertThat(verdict(users, "ERIN", "correct horse")).as("another user").isEqualTo(new NoMatch());
      assertThat(verdict(users, "erin", "$apr1$mintlog1$9PgfIJfw2LEXmb88W6bZD1")).isEqualTo(new NoMatch());
    }

    @Test
    void shouldGiveEachUserASubjectOfItsOwn() throws Exception {
      UserProvider users = users(USERS);

      Verified erin = (Verified) verdict(users, "erin", "correct horse");
      Verified frank = (Verified) verdict(users, "frank", "other horse");

      assertThat(erin.provider()).isEqualTo("staff");
      assertThat(erin.subject()).matches("[A-Za-z0-9_-]{22}").isNotEqualTo(frank.subject());
      assertThat(verdict(users, "erin", "correct horse")).isEqualTo(erin);
    }

    @Test
    void shouldBeOfItsTenantsAlone() throws Exception {
      assertThat(verdict(users(USERS), "acme", "erin", "correct horse")).isEqualTo(new NoMatch());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gina:$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC", "gina:plain", "gina",
        "gina:rqXexS6ZhobKA"})
    void shouldRefuseToStartWithHashesThatItCannotVerify(String line) {
      assertThatThrownBy(() -> users(USERS + line + "\n")).isInstanceOf(StartException.class)
          .hasMessageContaining("users.yaml: staff: expected name:hash").hasMessageContaining("line 4 of")
          .message().doesNotContain("plain").doesNotContain("$2y$");
    }
  }

  @Nested
  class Ldap {
    private InMemoryDirectoryServer directory;

    private UserProvider people() throws Exception {
      InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
      config.setListenerConfigs(
          InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
      directory = new InMemoryDirectoryServer(config);
      directory.add("dn: dc=example,dc=org", "objectClass: domain", "dc: example");
      directory.add("dn: ou=people,dc=example,dc=org", "objectClass: organizationalUnit", "ou: people");
      directory.add("dn: uid=erin,ou=people,dc=example,dc=org", "objectClass: inetOrgPerson", "uid: erin", "cn: Erin",
          "sn: Example", "userPassword: correct horse");
      directory.startListening();
      return provider("ldap", "{url: \"ldap://127.0.0.1:" + directory.getListenPort()
          + "\", authenticationQuery: \"uid={0},ou=people,dc=example,dc=org\"}");
    }

    @AfterEach
    void stop() {
      if (directory != null) {
        directory.shutDown(true);
      }
    }

    @Test
    void shouldKnowItsUsersByTheirPasswordsHoweverTheNameIsSpelt() throws Exception {
      UserProvider people = people();

      PasswordVerdict erin = verdict(people, "erin", "correct horse");

      assertThat(erin).isInstanceOf(Verified.class);
      assertThat(verdict(people, "ERIN", "correct horse")).as("one user, one subject").isEqualTo(erin);
      assertThat(verdict(people, "erin", "wrong")).isEqualTo(new NoMatch());
      assertThat(verdict(people, "nobody", "correct horse")).isEqualTo(new NoMatch());
    }

    /** RFC 4513 §5.1.2: with an empty password a bind is anonymous, and succeeds. */
    @Test
    void shouldTakeNoEmptyPasswordForAProof() throws Exception {
      assertThat(verdict(people(), "erin", "")).isEqualTo(new NoMatch());
    }

    @ParameterizedTest
    @ValueSource(strings = {"erin,ou=people", "erin+cn=Erin", " erin", "er\\69n", "*", "erin\u0000", "ｅｒｉｎ", "erin#"})
    void shouldPutNoNameIntoADnThatMeansMoreThanItself(String username) throws Exception {
      assertThat(verdict(people(), username, "correct horse")).isEqualTo(new NoMatch());
    }

    /** Or its users would be taken for another provider's, and their right passwords for wrong ones. */
    @Test
    void shouldNotSayNoWhereTheDirectoryIsGone() throws Exception {
      UserProvider people = people();
      directory.shutDown(true);

      assertThat(verdict(people, "erin", "correct horse")).isInstanceOf(NotJudged.class);
    }

    @ParameterizedTest
    @CsvSource({"ldap://directory.example:389", "http://127.0.0.1", "ldaps:", "ldaps://cn=admin:secret@directory.example"})
    void shouldRefuseToSendPasswordsInTheClear(String url) {
      assertThatThrownBy(() -> provider("ldap", "{url: \"" + url + "\", authenticationQuery: \"uid={0}\"}"))
          .isInstanceOf(StartException.class).hasMessageContaining("expected ldaps://").message().doesNotContain("secret");
    }
  }

  /** Whatever somebody puts on the class path. */
  @Nested
  class AnyOther {
    @Test
    void shouldBeFoundByItsTypeAndAskedLikeTheOthers() throws Exception {
      UserProvider others = provider("one-user", "{username: heidi, password: \"correct horse\"}");

      PasswordVerdict heidi = verdict(others, "heidi", "correct horse");

      assertThat(heidi).isInstanceOf(Verified.class);
      assertThat(verdict(others, "Heidi", "correct horse")).as("lower case unless it says otherwise").isEqualTo(heidi);
      assertThat(verdict(others, "heidi", "wrong")).isEqualTo(new NoMatch());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
      "providers: [{name: local, type: htpasswd, tenants: [default]}] | a name of its own",
      "providers: [{name: a, type: one-user, tenants: [d]}, {name: a, type: one-user, tenants: [d]}] | a name of its own",
      "providers: [{name: A b, type: htpasswd, tenants: [default]}] | in a provider's name, found 'A b'",
      "providers: [{name: a, type: nis, tenants: [default]}] | one of htpasswd, ldap, one-user, sql, found 'nis'",
      "providers: [{name: a, type: htpasswd, tenants: []}] | one tenant at least",
      "providers: [{name: a, type: htpasswd}] | a list as tenants of a",
      "providers: [{name: a, type: htpasswd, tenants: [default], file: x}] | found 'file'",
      "providers: [{name: a, type: htpasswd, tenants: [default], options: {file: x}}] | found 'file'",
      "providers: [{name: a, type: htpasswd, tenants: [default]}] | expected text as options.htpasswdFile",
      "providers: [{name: a, type: htpasswd, tenants: [d], options: {htpasswdFile: /none/such}}] | that can be read",
      "providers: [{name: a, type: ldap, tenants: [d], options: {url: 'ldaps://x', authenticationQuery: uid=x}}] | {0}",
      "providers: {a: 1} | a list as providers",
      "users: [] | found 'users'",
      "[1, 2] | keys and values as the file",
      "providers: [ | expected YAML"})
  void shouldSayInOneLineWhatIsWrongWithTheFile(String yaml, String expected) {
    assertThatThrownBy(() -> open(yaml)).isInstanceOf(StartException.class)
        .hasMessageStartingWith("users.providers-file " + dir.resolve("users.yaml") + ": ")
        .hasMessageContaining(expected);
  }

  @Test
  void shouldSayThatThereIsNoFile() {
    assertThatThrownBy(() -> UserProviders.open(dir.resolve("none"), BOUNDS)).isInstanceOf(StartException.class)
        .hasMessageContaining("a file that can be read");
  }
}
