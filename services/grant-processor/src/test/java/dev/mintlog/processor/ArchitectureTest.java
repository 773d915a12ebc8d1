package dev.mintlog.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "dev.mintlog", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule theProcessorDoesNotKnowTheEdge = noClasses().that().resideInAPackage("dev.mintlog.processor..")
      .should().dependOnClassesThat().resideInAPackage("dev.mintlog.edge..");

  @ArchTest
  static final ArchRule theOrderOfStepsKnowsNoRedisAndNoWire =
      noClasses().that().resideInAPackage("dev.mintlog.processor.life..")
          .should().dependOnClassesThat().resideInAnyPackage("io.lettuce..", "dev.mintlog.schema..",
              "dev.mintlog.channel..", "dev.mintlog.processor.redis..", "dev.mintlog.processor.outcome..",
              "dev.mintlog.processor.jose..");

  @ArchTest
  static final ArchRule onlyTheStoreKnowsRedis = noClasses().that().resideInAPackage("dev.mintlog..")
      .and().resideOutsideOfPackage("dev.mintlog.processor.redis..").and().resideOutsideOfPackage("dev.mintlog.edge..")
      .should().dependOnClassesThat().resideInAPackage("io.lettuce..");

  @ArchTest
  static final ArchRule onlyTheSignerKnowsKeysInTheClear = noClasses()
      .that().resideInAPackage("dev.mintlog.processor..")
      .and().resideOutsideOfPackage("dev.mintlog.processor.jose..")
      .should().dependOnClassesThat().resideInAPackage("com.nimbusds..");

  @ArchTest
  static final ArchRule onlyTheWiringKnowsSettings = classes().that().resideInAPackage("dev.mintlog.processor..")
      .and().resideOutsideOfPackage("dev.mintlog.processor")
      .should().onlyDependOnClassesThat().resideOutsideOfPackages("dev.mintlog.runtime.config..",
          "dev.mintlog.runtime.health..", "dev.mintlog.runtime.lifecycle..", "dev.mintlog.connections..");

  @ArchTest
  static final ArchRule theRoomsHaveNoCircles = slices().matching("dev.mintlog.processor.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheWiringKnowsTheWiring = noClasses().that().resideInAPackage("dev.mintlog.processor.*..")
      .should().dependOnClassesThat().resideInAPackage("dev.mintlog.processor");
}
