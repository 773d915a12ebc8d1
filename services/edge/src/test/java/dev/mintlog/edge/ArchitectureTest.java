package dev.mintlog.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.mintlog.edge", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule shouldNotKnowTheProcessor =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("dev.mintlog.processor..");

  @ArchTest
  static final ArchRule shouldNotDecide = noClasses().should().dependOnClassesThat()
      .resideInAnyPackage("dev.mintlog.grant..", "dev.mintlog.life..", "dev.mintlog.token..");

  @ArchTest
  static final ArchRule shouldBeLayered = layeredArchitecture().consideringOnlyDependenciesInLayers()
      .layer("wiring").definedBy("dev.mintlog.edge")
      .layer("http").definedBy("dev.mintlog.edge.http..")
      .layer("backchannel").definedBy("dev.mintlog.edge.backchannel")
      .layer("command").definedBy("dev.mintlog.edge.command..")
      .layer("claims").definedBy("dev.mintlog.edge.claims")
      .layer("notification").definedBy("dev.mintlog.edge.notification")
      .layer("provider").definedBy("dev.mintlog.edge.provider")
      .layer("proof").definedBy("dev.mintlog.edge.proof..")
      .layer("assertion").definedBy("dev.mintlog.edge.assertion")
      .layer("fetch").definedBy("dev.mintlog.edge.fetch")
      .layer("outbound").definedBy("dev.mintlog.edge.outbound")
      .layer("limit").definedBy("dev.mintlog.edge.limit")
      .layer("dpop").definedBy("dev.mintlog.edge.dpop")
      .layer("jws").definedBy("dev.mintlog.edge.jws")
      .layer("tls").definedBy("dev.mintlog.edge.tls")
      .layer("user").definedBy("dev.mintlog.edge.user")
      .layer("userprovider").definedBy("dev.mintlog.edge.userprovider")
      .layer("audit").definedBy("dev.mintlog.edge.audit")
      .layer("reply").definedBy("dev.mintlog.edge.reply")
      .layer("state").definedBy("dev.mintlog.edge.state")
      .layer("surface").definedBy("dev.mintlog.edge.surface")
      .layer("request").definedBy("dev.mintlog.edge.request")
      .whereLayer("wiring").mayNotBeAccessedByAnyLayer()
      .whereLayer("http").mayOnlyBeAccessedByLayers("wiring")
      .whereLayer("limit").mayOnlyBeAccessedByLayers("wiring", "http", "command", "proof")
      .whereLayer("dpop").mayOnlyBeAccessedByLayers("wiring", "http")
      .whereLayer("jws").mayOnlyBeAccessedByLayers("wiring", "proof", "assertion", "dpop")
      .whereLayer("tls").mayOnlyBeAccessedByLayers("wiring")
      .whereLayer("notification").mayOnlyBeAccessedByLayers("wiring", "http")
      .whereLayer("backchannel").mayOnlyBeAccessedByLayers("wiring", "http")
      .whereLayer("command").mayOnlyBeAccessedByLayers("wiring", "http", "backchannel")
      .whereLayer("claims").mayOnlyBeAccessedByLayers("wiring", "http", "command")
      .whereLayer("provider").mayOnlyBeAccessedByLayers("wiring", "command", "claims")
      .whereLayer("proof").mayOnlyBeAccessedByLayers("wiring", "http", "command", "user", "backchannel")
      .whereLayer("user").mayOnlyBeAccessedByLayers("wiring", "http", "command", "userprovider")
      .whereLayer("userprovider").mayOnlyBeAccessedByLayers("wiring")
      .whereLayer("assertion").mayOnlyBeAccessedByLayers("wiring", "proof", "fetch", "backchannel")
      .whereLayer("outbound").mayOnlyBeAccessedByLayers("wiring", "fetch", "notification")
      .whereLayer("fetch").mayOnlyBeAccessedByLayers("wiring")
      .whereLayer("audit").mayOnlyBeAccessedByLayers("wiring", "http")
      .whereLayer("state").mayOnlyBeAccessedByLayers("wiring", "http")
      .whereLayer("reply").mayOnlyBeAccessedByLayers("wiring", "http", "command")
      .whereLayer("surface").mayOnlyBeAccessedByLayers("wiring", "http")
      .whereLayer("request").mayOnlyBeAccessedByLayers("wiring", "http", "command", "proof", "assertion", "audit",
          "claims", "limit", "backchannel", "provider", "tls",
          "dpop", "surface");

  @ArchTest
  static final ArchRule shouldHaveNoCirclesAmongTheRoomsOfHttp =
      slices().matching("dev.mintlog.edge.(http..)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule shouldHaveNoCirclesAmongTheRoomsOfCommand =
      slices().matching("dev.mintlog.edge.(command..)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule shouldHaveNoCirclesAmongTheRoomsOfProof =
      slices().matching("dev.mintlog.edge.(proof..)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule shouldKeepVertxInHttpAndItsTls = noClasses().that()
      .resideOutsideOfPackages("dev.mintlog.edge", "dev.mintlog.edge.http..", "dev.mintlog.edge.tls",
          "dev.mintlog.edge.userprovider", "dev.mintlog.edge.fetch", "dev.mintlog.edge.outbound",
          "dev.mintlog.edge.notification")
      .should().dependOnClassesThat().resideInAnyPackage("io.vertx..", "io.netty..");

  @ArchTest
  static final ArchRule shouldKeepKafkaBehindPorts = noClasses().that()
      .resideOutsideOfPackages("dev.mintlog.edge", "dev.mintlog.edge.command", "dev.mintlog.edge.reply",
          "dev.mintlog.edge.audit")
      .should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule shouldKeepRedisBehindAPort = noClasses().that().doNotHaveSimpleName("RedisStateReader")
      .should().dependOnClassesThat().resideInAnyPackage("io.lettuce..");

  @ArchTest
  static final ArchRule shouldKeepJoseInProof = noClasses().that()
      .resideOutsideOfPackages("dev.mintlog.edge.proof..", "dev.mintlog.edge.assertion", "dev.mintlog.edge.dpop",
          "dev.mintlog.edge.jws")
      .should().dependOnClassesThat().resideInAnyPackage("com.nimbusds..");
}
