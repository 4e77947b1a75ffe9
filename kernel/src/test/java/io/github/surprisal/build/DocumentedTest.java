package io.github.surprisal.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * All that users can reach has a comment. Doclint would ask for tags that repeat it, so the build
 * runs doclint without that check.
 */
class DocumentedTest {
  @Test
  void everyPublicMemberHasAComment() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var units = manager.getJavaFileObjectsFromPaths(Exported.sources());
      var task = (JavacTask) compiler.getTask(null, manager, null, null, null, units);
      var scanner = new Scanner(Trees.instance(task));
      for (CompilationUnitTree unit : task.parse()) {
        scanner.scan(unit, null);
      }
      assertEquals(List.of(), scanner.bare);
    }
  }

  /** Descends into what is public or protected only. */
  private static final class Scanner extends TreePathScanner<Void, Void> {
    private final Trees trees;
    private final List<String> bare = new ArrayList<>();

    Scanner(Trees trees) {
      this.trees = trees;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      return reachable(type.getModifiers()) && documented(type.getSimpleName())
          ? super.visitClass(type, unused)
          : null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      if (reachable(method.getModifiers()) && !overrides(method)) {
        documented(method.getName());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void unused) {
      if (reachable(field.getModifiers())) {
        documented(field.getName());
      }
      return null;
    }

    private boolean documented(CharSequence name) {
      if (trees.getDocComment(getCurrentPath()) == null) {
        bare.add(getCurrentPath().getCompilationUnit().getSourceFile().getName() + ": " + name);
      }
      return true;
    }

    private static boolean reachable(ModifiersTree modifiers) {
      return modifiers.getFlags().contains(Modifier.PUBLIC)
          || modifiers.getFlags().contains(Modifier.PROTECTED);
    }

    private static boolean overrides(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .map(annotation -> annotation.getAnnotationType())
          .map(Tree::toString)
          .anyMatch("Override"::equals);
    }
  }
}
