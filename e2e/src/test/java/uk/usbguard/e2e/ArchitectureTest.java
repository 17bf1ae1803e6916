package uk.usbguard.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The walls of docs/architecture.md, checked on the artifacts that are shipped. */
class ArchitectureTest {

  /** A rule that scanned nothing must not pass: raise this as the code grows. */
  private static final int MINIMUM_CLASSES = 900;

  private static final String ROOT = "uk.usbguard";
  private static final String CORE = ROOT + ".core";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ArchitectureTest::isShipped)
          .importPackages(ROOT + ".core", ROOT + ".platform", ROOT + ".cli", ROOT + ".ui");

  private static boolean isShipped(Location location) {
    return !location.contains("/test-classes/") && !location.contains("-tests.jar");
  }

  @Test
  void sawTheProgram() {
    assertThat(CLASSES.size()).isGreaterThanOrEqualTo(MINIMUM_CLASSES);
    assertThat(CLASSES.contain(CORE + ".error.BugException")).isTrue();
    assertThat(CLASSES.contain(ROOT + ".cli.Main")).isTrue();
  }

  @Test
  void knowsEveryPackageOfCore() {
    var found = new TreeSet<String>();
    for (JavaClass type : CLASSES) {
      if (type.getPackageName().startsWith(CORE + ".")) {
        found.add(type.getPackageName().substring(CORE.length() + 1).replaceAll("\\..*", ""));
      } else {
        assertThat(type.getPackageName()).as("%s belongs in a package", type).isNotEqualTo(CORE);
      }
    }
    assertThat(Walls.CORE.keySet()).containsAll(found);
    Walls.CORE.values().forEach(wall -> assertThat(Walls.CORE.keySet()).containsAll(wall.uses()));
  }

  @TestFactory
  Stream<DynamicTest> packageUsesOnlyWhatTheTableSays() {
    return Walls.CORE.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    "core." + entry.getKey(), () -> checkWall(entry.getKey(), entry.getValue())));
  }

  private static void checkWall(String name, Walls.Wall wall) {
    List<String> allowed = new ArrayList<>();
    allowed.add(CORE + "." + name + "..");
    wall.uses().forEach(used -> allowed.add(CORE + "." + used + ".."));
    classes()
        .that()
        .resideInAPackage(CORE + "." + name + "..")
        .should()
        .onlyDependOnClassesThat(
            describe(
                "stand in " + allowed + " or outside usbguard",
                type ->
                    !type.getPackageName().startsWith(ROOT)
                        || resideInAnyPackage(strings(allowed)).test(type)))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> libraryIsSeenOnlyWhereTheTableSays() {
    return Walls.RESERVED.stream()
        .map(
            reserved ->
                DynamicTest.dynamicTest(
                    reserved.library(),
                    () ->
                        noClasses()
                            .that()
                            .resideOutsideOfPackages(strings(reserved.users()))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(reserved.library())
                            .check(CLASSES)));
  }

  @Test
  void coreUsesNoOperatingSystemAndNoUserInterface() {
    noClasses()
        .that()
        .resideInAPackage(CORE + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.swing..", "java.net.http..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"platform", "cli", "ui"})
  void otherModulesUseOnlyFacadesOfCore(String module) {
    List<String> facades = Walls.facades().stream().map(name -> CORE + "." + name).toList();
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + module + "..")
        .should()
        .dependOnClassesThat(
            describe(
                "are core's, but in none of its façades",
                type ->
                    type.getPackageName().startsWith(CORE)
                        && !facades.contains(type.getPackageName())))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"platform:cli,ui", "cli:ui", "ui:cli"})
  void modulesDoNotSeeTheirNeighbours(String pair) {
    String module = pair.substring(0, pair.indexOf(':'));
    String[] neighbours =
        Arrays.stream(pair.substring(pair.indexOf(':') + 1).split(",", -1))
            .map(name -> ROOT + "." + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(neighbours)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  @DisplayName("ENC-04: an IV is given by core.crypto alone, and taken by who computes AES-GCM")
  void ivsAreGivenByCryptoAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(CORE + ".crypto..", ROOT + ".platform..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(CORE + ".crypto.GcmCipher")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void viewModelsNeedNoScreen() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("ViewModel")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.fxml..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void staticFieldsAreFinal() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Impl", "Manager", "Helper", "Util", "Utils"})
  void namesSayTheRole(String suffix) {
    noClasses().should().haveSimpleNameEndingWith(suffix).check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    var unmarked = new TreeSet<String>();
    for (JavaClass type : CLASSES) {
      if (!type.getPackage().tryGetPackageInfo().isPresent()
          || !type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
        unmarked.add(type.getPackageName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  private static String[] strings(List<String> list) {
    return list.toArray(String[]::new);
  }
}
