package dev.mintlog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The law of the core: no library, no clock, no randomness, no I/O, no threads, no cycles. */
class ArchitectureTest {
  private static JavaClasses core;

  @BeforeAll
  static void importCore() {
    core = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("dev.mintlog");
  }

  @Test
  void shouldDependOnNothingButThePlatformAndItself() {
    classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "dev.mintlog..").check(core);
  }

  @Test
  void shouldReadNoClock() {
    noClasses().should().callMethod(Instant.class, "now")
        .orShould().callMethod(System.class, "currentTimeMillis")
        .orShould().callMethod(System.class, "nanoTime")
        .orShould().dependOnClassesThat().areAssignableTo(Clock.class)
        .check(core);
  }

  @Test
  void shouldDrawNothingAtRandom() {
    noClasses().should().dependOnClassesThat().areAssignableTo(Random.class)
        .orShould().dependOnClassesThat().areAssignableTo(SecureRandom.class)
        .orShould().dependOnClassesThat().areAssignableTo(UUID.class)
        .orShould().dependOnClassesThat().haveFullyQualifiedName("java.util.SplittableRandom")
        .orShould().callMethod(Math.class, "random")
        .check(core);
  }

  @Test
  void shouldDoNoInputOrOutput() {
    noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..")
        .orShould().dependOnClassesThat().belongToAnyOf(Thread.class)
        .check(core);
  }

  @Test
  void shouldHaveNoCycleBetweenPackages() {
    slices().matching("dev.mintlog.(*)..").should().beFreeOfCycles().check(core);
  }

  @Test
  void shouldKeepTheAuthorizationFreeOfWhoeverUsesIt() {
    noClasses().that().resideInAPackage("dev.mintlog.authorization..").should().dependOnClassesThat()
        .resideInAnyPackage("dev.mintlog.store..", "dev.mintlog.proof..", "dev.mintlog.command..", "dev.mintlog.grant..",
            "dev.mintlog.life..", "dev.mintlog.event..")
        .check(core);
  }

  @Test
  void shouldLetDecisionsKnowNoStore() {
    noClasses().that().resideInAnyPackage("dev.mintlog.grant..", "dev.mintlog.command..")
        .should().dependOnClassesThat().resideInAPackage("dev.mintlog.store..")
        .check(core);
  }
}
