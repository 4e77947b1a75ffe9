package io.github.surprisal.bench.conformance.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.surprisal.reference.DoubleDouble;
import io.github.surprisal.reference.Precision;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;

/** The type of a case's numbers. Values of every type are held in doubles, which is exact. */
public enum Dtype {
  /** IEEE 754 binary32. */
  FLOAT32(Precision.FLOAT32),
  /** IEEE 754 binary64. */
  FLOAT64(Precision.FLOAT64),
  /** The upper half of a binary32. */
  BFLOAT16(Precision.BFLOAT16),
  /** IEEE 754 binary16. */
  FLOAT16(Precision.FLOAT16);

  private final Precision precision;

  Dtype(Precision precision) {
    this.precision = precision;
  }

  /** How the oracle rounds to this type. */
  public Precision precision() {
    return precision;
  }

  /** The type that the kernels compute in. */
  public Dtype computedIn() {
    return this == FLOAT64 ? FLOAT64 : FLOAT32;
  }

  /** The value nearest to a JSON number, rounded once: never by way of another type. */
  double parse(String decimal) {
    if (this == FLOAT64) {
      return Double.parseDouble(decimal);
    }
    if (this == FLOAT32) {
      return Float.parseFloat(decimal);
    }
    double nearest = Double.parseDouble(decimal);
    if (nearest == 0 || Double.isInfinite(nearest)) {
      return nearest;
    }
    // Half-way between two values of the narrow type, the side on which the decimal lies decides.
    int side = new BigDecimal(decimal).compareTo(new BigDecimal(nearest));
    var beyond = DoubleDouble.of(side * Math.scalb(Math.abs(nearest), -60));
    return precision.round(DoubleDouble.of(nearest).add(beyond));
  }

  /** The value nearest to {@code value}. */
  public double round(double value) {
    return switch (this) {
      case FLOAT64 -> value;
      case FLOAT32 -> (float) value;
      case BFLOAT16, FLOAT16 -> precision.round(DoubleDouble.of(value));
    };
  }

  /** The spacing of this type at {@code value}. */
  public double ulp(double value) {
    return precision.ulp(DoubleDouble.of(value));
  }

  /** The spacing that this type would have at {@code value}, were its exponents unbounded. */
  public double unboundedUlp(double value) {
    return this == FLOAT64 ? Math.ulp(value) : Math.ulp(value) * 0x1p29;
  }

  /** MIN_NORMAL / eps of the type that the kernels compute in. */
  public double smallestNormalOverEpsilon() {
    return this == FLOAT64 ? 0x1p-970 : 0x1p-103;
  }

  /** Writes a value of this type so that reading it gives the same bits. */
  void write(JsonGenerator json, double value) throws IOException {
    if (this == FLOAT64) {
      json.writeNumber(value);
    } else {
      json.writeNumber((float) value);
    }
  }

  /** The type of this name. */
  public static Dtype named(String name) throws CaseException {
    for (Dtype dtype : values()) {
      if (dtype.toString().equals(name)) {
        return dtype;
      }
    }
    throw CaseException.of("dtype", '"' + name + '"', "float32, float64, bfloat16 or float16");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
