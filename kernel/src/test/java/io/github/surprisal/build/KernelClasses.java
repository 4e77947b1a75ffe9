package io.github.surprisal.build;

import io.github.surprisal.rows.CrossEntropy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The compiled library, as the tests of its bytecode see it. */
final class KernelClasses {
  private static final String VECTOR_API = "jdk/incubator/vector/";
  private static final List<ClassModel> ALL = read();

  private KernelClasses() {}

  static Stream<ClassModel> all() {
    return ALL.stream();
  }

  /** Classes that compute with vectors; to name a species is not enough. */
  static Stream<ClassModel> vectorized() {
    return all().filter(KernelClasses::computesWithVectors);
  }

  /** {@code class.method} of a message. */
  static String name(ClassModel type, MethodModel method) {
    return name(type) + "." + method.methodName().stringValue();
  }

  static String name(ClassModel type) {
    return type.thisClass().asInternalName();
  }

  private static boolean computesWithVectors(ClassModel type) {
    return StreamSupport.stream(type.constantPool().spliterator(), false)
            .anyMatch(entry ->
                entry instanceof ClassEntry c
                    && c.asInternalName().startsWith(VECTOR_API)
                    && !c.asInternalName().endsWith("/VectorSpecies"))
        && !name(type).endsWith("/Species");
  }

  private static List<ClassModel> read() {
    var location = CrossEntropy.class.getProtectionDomain().getCodeSource().getLocation();
    try (var files = Files.walk(Path.of(location.toURI()))) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(KernelClasses::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
