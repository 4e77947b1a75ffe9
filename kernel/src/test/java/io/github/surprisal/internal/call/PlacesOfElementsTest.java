package io.github.surprisal.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.rows.CrossEntropy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

/** Where rows of images begin, what a layout that overlaps is told, and a recipe that is wrong. */
class PlacesOfElementsTest {
  @Test
  void firstElementsOfRows() {
    var even = Layout.of(100, 3, 4, 2, 7, 2);
    assertEquals(3 + 2 * 7, even.at(2));
    // Two images of three pixels: image stride 40, class stride 5.
    var images = Layout.ofImages(100, 3, 2, 4, 3, 40, 5);
    int[] first = {3, 4, 5, 43, 44, 45};
    for (int row = 0; row < first.length; row++) {
      assertEquals(first[row], images.at(row));
    }
  }

  private static void names(String stride, org.junit.jupiter.api.function.Executable layout) {
    String message = assertThrows(IllegalArgumentException.class, layout).getMessage();
    assertTrue(message.startsWith(stride + " = "), message);
  }

  @Test
  void stridesAreNamedAsTheyAreGiven() {
    names("imageStride", () -> Layout.ofImages(100, 0, 2, 1, 3, 1, 1));
    names("imageStride", () -> Layout.ofImages(100, 0, 2, 4, 3, 4, 3));
    names("classStride", () -> Layout.ofImages(100, 0, 2, 4, 3, 40, 2));
    names("columnStride", () -> Layout.of(100, 0, 3, 4, 1, 2));
    names("rowStride", () -> Layout.of(100, 0, 3, 4, 2, 1));
  }

  @Test
  void recipesWithAnOptionThatIsNone() throws IOException {
    var options = new LinkedHashMap<String, Object>();
    options.put("sharpness", 2.0);
    var bytes = new ByteArrayOutputStream();
    try (var stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(new Recipe(CrossEntropy.class, options));
    }
    try (var stream = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      var e = assertThrows(InvalidObjectException.class, stream::readObject);
      assertInstanceOf(NoSuchMethodException.class, e.getCause());
    }
  }
}
