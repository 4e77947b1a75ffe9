package io.github.surprisal.bench.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.surprisal.bench.workload.Shape;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedTableTest {
  private static Speed speed(String peer, double nanos, double variation, JsonNode check) {
    var shape = new Shape(100, 10);
    return new Speed(
        peer,
        "mse",
        shape,
        1,
        "lossAndGradient",
        nanos,
        nanos - 1,
        nanos + 1,
        variation,
        0.25,
        check);
  }

  @Test
  void timesAreOfTheOwnTimeWhateverTheOrder() throws IOException {
    var right = new ObjectMapper().readTree("{\"right\":true,\"maxUlp\":\"1.25\"}");
    var wrong =
        new ObjectMapper()
            .readTree("{\"right\":false,\"maxUlp\":\"Infinity\",\"witness\":\"loss 1, true 2\"}");
    var table =
        new SpeedTable(
            List.of(
                speed("other", 8000, 0.2, right),
                speed("surprisal", 2000, 0.02, right),
                speed("bad", 1000, 0.02, wrong)));

    String shape = "100x10";
    String what = "loss+gradient";
    assertEquals(
        List.of(
            List.of("mse", shape, what, "other", "8.000", "20%", "4.00", "1.3", "0", "noisy"),
            List.of("mse", shape, what, "surprisal", "2.000", "2%", "1.00", "1.3", "0", ""),
            List.of(
                "mse",
                shape,
                what,
                "bad",
                "1.000",
                "2%",
                "0.50",
                "Infinity",
                "0",
                "WRONG: loss 1, true 2")),
        table.rows());
  }
}
