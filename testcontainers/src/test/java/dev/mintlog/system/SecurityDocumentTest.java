package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Checkout;
import dev.mintlog.fixture.NamedTests;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each row of docs/security.md is a claim, an attack on it, and the tests that attack: {@code [Class](path) method}. */
class SecurityDocumentTest {

  @TestFactory
  Stream<DynamicTest> shouldNameATestForEachAttack() {
    List<String> rows = Checkout.read("docs/security.md").lines()
        .filter(line -> line.startsWith("|") && !line.startsWith("| claim |") && !line.startsWith("| --- |")).toList();
    assertThat(rows).as("the document has its tables").hasSizeGreaterThan(30);
    return rows.stream().map(row -> DynamicTest.dynamicTest(row.split(" \\| ")[0].substring(2), () -> check(row)));
  }

  private static void check(String row) {
    String[] cells = row.substring(2, row.length() - 2).split(" \\| ", -1);
    assertThat(cells).as(row).hasSize(3).noneMatch(String::isBlank);
    NamedTests.check(cells[2]);
  }
}
