package dev.mintlog.edge.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.TestTokens;
import dev.mintlog.edge.command.grant.GrantReaders;
import dev.mintlog.edge.http.EntraPaths;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.edge.http.ServedEdge;
import dev.mintlog.edge.http.login.LoginRequests;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** What is described is served, and what is served is described. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
  private static final Path DOCS = Path.of("../../docs/openapi");
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private final JsonNode login = read("login-api.yaml");
  private final JsonNode token = read("token-api.yaml");
  @AutoClose
  private final ServedEdge edge = new ServedEdge();

  @Test
  void shouldDescribeTheMembersThatAreRead() {
    assertThat(names(login, "NewAuthorization")).isEqualTo(LoginRequests.AUTHORIZATION);
    assertThat(names(login, "Approval")).isEqualTo(LoginRequests.APPROVAL);
    assertThat(names(login, "Revocation")).isEqualTo(LoginRequests.REVOCATION);
  }

  @Test
  void shouldDescribeTheGrantTypesThatAreServed() {
    Set<String> described = new TreeSet<>();
    token.at("/components/schemas").forEach(schema -> schema.at("/allOf/1/properties/grant_type").forEach(value -> {
      if (value.isArray()) {
        value.forEach(text -> described.add(GrantType.of(text.asText()).value()));
      } else {
        described.add(value.asText());
      }
    }));

    GrantReaders readers = new GrantReaders(edge.handles, edge.passwords, edge.assertions, edge.commands, edge.extensions,
        null,
        (tenant, text, now, loop, then) -> { }, null, new SecureRandom());
    assertThat(described).isEqualTo(readers.types().stream().map(GrantType::value)
        .collect(Collectors.toCollection(TreeSet::new)));
  }

  @TestFactory
  Stream<DynamicTest> shouldServeEveryPathAndNoOtherMethod() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode document : List.of(login, token)) {
      document.get("paths").fields().forEachRemaining(path -> tests.add(DynamicTest.dynamicTest(path.getKey(),
          () -> assertThat(allowed(document == login, path.getKey())).isEqualTo(described(path.getValue())))));
    }
    return tests.stream();
  }

  // A path that is served under a tenant's name alone stands under one name in the document.
  @Test
  void shouldDescribeEveryPathThatIsServed() throws Exception {
    Set<String> described = new TreeSet<>();
    token.get("paths").fieldNames().forEachRemaining(path -> described.add(path.replaceFirst("^/common/", "/default/")));
    Set<String> served = new TreeSet<>();
    for (String path : paths()) {
      for (String name : List.of("", "/default", "/" + EntraPaths.ADFS)) {
        if (!allowed(false, name + path).contains("nothing")) {
          served.add(name + path);
        }
      }
    }

    assertThat(served).contains("/connect/token", "/default/oauth2/v2.0/token", "/adfs/discovery/keys");
    assertThat(described).containsAll(served);
  }

  /** Every path that has a name. */
  private static Set<String> paths() throws IllegalAccessException {
    Set<String> paths = new TreeSet<>();
    for (Class<?> owner : List.of(PublicUrls.class, EntraPaths.class)) {
      for (Field field : owner.getDeclaredFields()) {
        if (Modifier.isPublic(field.getModifiers()) && field.getType() == String.class) {
          paths.add((String) field.get(null));
        }
      }
    }
    paths.removeIf(text -> !text.startsWith("/"));
    return paths;
  }

  // A method that nothing has tells what there is.
  private Set<String> allowed(boolean internal, String path) throws Exception {
    String concrete = path.replace("{user_code}", "WDJB-MJHT").replace("{id}", "A".repeat(22));
    String allow = edge.now(HttpRequest.newBuilder(internal ? edge.loginUrl(concrete) : edge.url(concrete))
            .header("Authorization", "Bearer " + TestTokens.login())
            .method("PATCH", BodyPublishers.noBody()))
        .headers().firstValue("Allow").orElse("nothing");
    return Stream.of(allow.toLowerCase(java.util.Locale.ROOT).split(", ")).filter(method -> !method.equals("head"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> described(JsonNode path) {
    Set<String> methods = new TreeSet<>();
    path.fieldNames().forEachRemaining(methods::add);
    methods.retainAll(METHODS);
    return methods;
  }

  private static Set<String> names(JsonNode document, String schema) {
    Set<String> names = new TreeSet<>();
    document.at("/components/schemas/" + schema + "/properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode read(String name) {
    try {
      return new YAMLMapper().readTree(DOCS.resolve(name).toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
