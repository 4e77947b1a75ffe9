package io.github.surprisal.bench.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedTableTest {
  private static final MeasuredBatch BATCH =
      new MeasuredBatch(new Shape(100, 10), ElementType.FLOAT32, MeasuredLoss.CROSS_ENTROPY);

  private static Speed speed(MeasuredCode code, double nanos) {
    return new Speed(BATCH, code, nanos, 0.02, 0.25);
  }

  @Test
  void ratiosAreAgainstTheSameWork() {
    var table =
        new SpeedTable(
            List.of(
                speed(MeasuredCode.COPY, 500),
                speed(MeasuredCode.KERNEL_LOSS, 1000),
                speed(MeasuredCode.KERNEL_GRADIENT, 2000),
                speed(MeasuredCode.PLAIN_LOSS, 3000),
                speed(MeasuredCode.PLAIN_GRADIENT, 8000),
                speed(MeasuredCode.TEXTBOOK_LOSS, 10_000),
                speed(MeasuredCode.TEXTBOOK_GRADIENT, 30_000)));

    String batch = "100x10 float32";
    String loss = "cross-entropy";
    assertEquals(
        List.of(
            List.of(batch, loss, "copy", "0.500", "2%", "16.0", "1.00", "", "", "0.25"),
            // The loss alone reads 4 bytes an element; with the gradient it also writes 4.
            List.of(batch, loss, "loss", "1.000", "2%", "4.0", "2.00", "3.0x", "10.0x", "0.25"),
            List.of(
                batch,
                loss,
                "loss+gradient",
                "2.000",
                "2%",
                "4.0",
                "4.00",
                "4.0x",
                "15.0x",
                "0.25")),
        table.rows());
  }
}
