package io.github.surprisal;

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

/** What keeps what alive. */
final class Reachable {
  private Reachable() {}

  /** All that can be reached through objects of ours and arrays. */
  static Set<Object> from(Object root) throws IllegalAccessException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    var open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Object object = open.pop();
      if (!seen.add(object)) {
        continue;
      }
      if (object instanceof Object[] objects) {
        Arrays.stream(objects).filter(Objects::nonNull).forEach(open::push);
      } else if (!object.getClass().isArray()) {
        for (Field field : fields(object.getClass())) {
          Object value = field.get(object);
          if (value != null) {
            open.push(value);
          }
        }
      }
    }
    return seen;
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
