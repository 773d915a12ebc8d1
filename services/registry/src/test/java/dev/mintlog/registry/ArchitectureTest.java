package dev.mintlog.registry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room of the registry may know which. */
@AnalyzeClasses(packages = "dev.mintlog.registry", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule shouldBeLayered = layeredArchitecture().consideringOnlyDependenciesInLayers()
      .layer("apply").definedBy("dev.mintlog.registry.apply")
      .layer("view").definedBy("dev.mintlog.registry")
      .layer("key").definedBy("dev.mintlog.registry.key")
      .layer("document").definedBy("dev.mintlog.registry.document")
      .layer("client form").definedBy("dev.mintlog.registry.document.client")
      .layer("text").definedBy("dev.mintlog.registry.document.text")
      .layer("log").definedBy("dev.mintlog.registry.log")
      .layer("tenant").definedBy("dev.mintlog.registry.tenant")
      .layer("client").definedBy("dev.mintlog.registry.client")
      .layer("signature").definedBy("dev.mintlog.registry.signature")
      .layer("secret").definedBy("dev.mintlog.registry.secret")
      .whereLayer("apply").mayNotBeAccessedByAnyLayer()
      .whereLayer("view").mayOnlyBeAccessedByLayers("apply")
      .whereLayer("key").mayOnlyBeAccessedByLayers("apply", "view")
      .whereLayer("document").mayOnlyBeAccessedByLayers("apply", "view")
      .whereLayer("client form").mayOnlyBeAccessedByLayers("document")
      .whereLayer("log").mayOnlyBeAccessedByLayers("apply", "view", "key", "document")
      .whereLayer("signature").mayOnlyBeAccessedByLayers("apply", "view", "log")
      .whereLayer("secret").mayOnlyBeAccessedByLayers("document", "client form", "client", "tenant");

  @ArchTest
  static final ArchRule shouldHaveNoCirclesAmongItsRooms =
      slices().matching("dev.mintlog.(registry..)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule shouldKeepTheLogBehindItsRoom = noClasses().that()
      .resideOutsideOfPackages("dev.mintlog.registry", "dev.mintlog.registry.apply", "dev.mintlog.registry.log")
      .should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..");
}
