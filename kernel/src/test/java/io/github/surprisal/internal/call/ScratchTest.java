package io.github.surprisal.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ScratchTest {
  private static final List<Supplier<?>> MAKERS =
      List.of(A::new, B::new, C::new, D::new, E::new, F::new, G::new, H::new, I::new);

  static class A {
    @Override
    public String toString() {
      return getClass().getSimpleName();
    }
  }

  static class B extends A {}

  static class C extends A {}

  static class D extends A {}

  static class E extends A {}

  static class F extends A {}

  static class G extends A {}

  static class H extends A {}

  static class I extends A {}

  @Test
  void keepsOneObjectOfEachClass() {
    var scratch = new Scratch();
    var made = new ArrayList<>();
    for (Supplier<?> maker : MAKERS) {
      made.add(get(scratch, maker.get()));
    }
    for (int i = 0; i < made.size(); i++) {
      assertSame(made.get(i), get(scratch, MAKERS.get(i).get()));
    }
    assertEquals("[A, B, C, D, E, F, G, H, I]", scratch.toString());
  }

  @SuppressWarnings("unchecked")
  private static Object get(Scratch scratch, Object fresh) {
    return scratch.get((Class<Object>) fresh.getClass(), () -> fresh);
  }
}
