package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** The scratch memory of a thread, counted. */
class ScratchTest {
  /** A row of the logits, gradient and teacher of the images there, which have 3000 classes. */
  private static final long IMAGES = 3 * 3000 * Float.BYTES;

  /** What the README and {@link Workspace} say of a thread that has called every loss. */
  @Test
  void scratchIsAsSmallAsPromised() throws IllegalAccessException, InterruptedException {
    var ofThread = new AtomicReference<Workspace>();
    Runnable calls =
        () -> {
          AllocationTest.calls().values().forEach(DoubleSupplier::getAsDouble);
          ofThread.set(Workspace.ofThread());
        };
    // A thread of its own: one of the tests may have had wider matrices.
    var thread = new Thread(calls);
    thread.start();
    thread.join();
    long bytes = bytesOfArrays(ofThread.get());
    assertTrue(bytes <= 2_400_000 + IMAGES, () -> "scratch of %d bytes".formatted(bytes));
  }

  /** Bytes of the arrays of numbers that can be reached through objects of ours. */
  private static long bytesOfArrays(Object root) throws IllegalAccessException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    var open = new ArrayDeque<>(List.of(root));
    long bytes = 0;
    while (!open.isEmpty()) {
      Object object = open.pop();
      if (!seen.add(object)) {
        continue;
      }
      if (object instanceof Object[] objects) {
        Arrays.stream(objects).filter(Objects::nonNull).forEach(open::push);
      } else if (object.getClass().isArray()) {
        int size = object instanceof double[] ? 8 : object instanceof boolean[] ? 1 : 4;
        bytes += (long) Array.getLength(object) * size;
      } else {
        for (Field field : fields(object.getClass())) {
          Object value = field.get(object);
          if (value != null) {
            open.push(value);
          }
        }
      }
    }
    return bytes;
  }

  private static List<Field> fields(Class<?> type) {
    var fields = new ArrayList<Field>();
    for (var c = type; c.getName().startsWith("io.github.surprisal"); c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          field.setAccessible(true);
          fields.add(field);
        }
      }
    }
    return fields;
  }
}
