package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Checkout;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.NamedTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** docs/clients.md: each setting is run by a test from there, and each row names the tests that show it. */
class ClientsDocumentTest {
  private static final List<String> FAILURES =
      List.of("wrong secret", "unknown (scope|resource)", "(expired|no) assertion", "Kafka is down");
  private static final String WAITING = "waits for a browser";

  @TestFactory
  Stream<DynamicTest> shouldNameTheTestsThatShowARow() {
    List<String> rows = Checkout.read(ClientsDocument.PATH).lines()
        .filter(line -> line.startsWith("|") && !line.startsWith("| --- |") && !line.endsWith("| shown by |")).toList();
    assertThat(rows).as("the document has its tables").hasSizeGreaterThan(15);
    return rows.stream().map(row -> DynamicTest.dynamicTest(row.split(" \\| ")[0].substring(2), () -> check(row)));
  }

  @Test
  void shouldHaveNoSettingThatNoTestRuns() {
    List<String> names = ClientsDocument.names();
    String tests = tests();

    assertThat(names).isNotEmpty().doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(tests).contains("ClientsDocument.setting(\"" + name + "\""));
    assertThat(Checkout.read(ClientsDocument.PATH).split("<!-- setting: ", -1)).as("each is followed by its block")
        .hasSize(names.size() + 1);
  }

  /** A section is a client's, and says what its user sees of each failure. */
  @TestFactory
  Stream<DynamicTest> shouldSayWhatTheUserOfEachClientSeesOfEachFailure() {
    List<String> sections = List.of(Checkout.read(ClientsDocument.PATH).split("\n## "));
    assertThat(sections).as("what goes before, and the clients").hasSize(1 + 12);
    return sections.stream().skip(1).map(section -> {
      String client = section.lines().findFirst().orElseThrow();
      return DynamicTest.dynamicTest(client, () -> assertThat(FAILURES).allSatisfy(failure ->
          assertThat(section.lines()).as(failure)
              .anyMatch(line -> line.matches("\\| " + failure + ".* \\| .*"))));
    });
  }

  private static void check(String row) {
    String[] cells = row.substring(2, row.length() - 2).split(" \\| ", -1);
    assertThat(cells).as(row).hasSize(2).noneMatch(String::isBlank);
    if (cells[1].equals(WAITING)) {
      return;
    }
    NamedTests.check(cells[1]);
  }

  private static String tests() {
    try (Stream<Path> files = Files.walk(Checkout.resolve("testcontainers/src/test/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).map(ClientsDocumentTest::read)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
