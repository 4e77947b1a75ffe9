package io.github.surprisal.internal.call;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an object holds, read from its fields: for {@code toString}, and for a {@link Recipe}. */
public final class Fields {
  private static final int FEW = 8;

  private Fields() {}

  /** Type and fields, such as {@code Batch[logits=Matrix[..], labels=int[512], ..]}. */
  public static String text(Object owner) {
    return owner.getClass().getSimpleName() + text(of(owner, field -> true));
  }

  /** Names and values in brackets. */
  public static String text(LinkedHashMap<String, ?> values) {
    return values.entrySet().stream()
        .map(field -> field.getKey() + "=" + value(field.getValue()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** An array of more than a few elements by type and length. */
  private static String value(Object value) {
    if (!value.getClass().isArray()) {
      return value.toString();
    }
    int n = Array.getLength(value);
    return n > FEW
        ? "%s[%d]".formatted(value.getClass().getComponentType(), n)
        : IntStream.range(0, n)
            .mapToObj(i -> Array.get(value, i).toString())
            .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Fields that are set, those of superclasses last; what is of one type is named without it. */
  public static LinkedHashMap<String, Object> of(Object owner, Predicate<Field> wanted) {
    var values = new LinkedHashMap<String, Object>();
    for (Class<?> type = owner.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        Object value = Modifier.isStatic(field.getModifiers()) ? null : value(field, owner);
        if (value != null && wanted.test(field)) {
          values.put(field.getName().replaceFirst("(F32|F64|Bits)$", ""), value);
        }
      }
    }
    return values;
  }

  private static Object value(Field field, Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new LinkageError(field.toString(), e);
    }
  }
}
