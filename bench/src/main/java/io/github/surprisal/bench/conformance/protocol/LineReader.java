package io.github.surprisal.bench.conformance.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lines of bytes, of a bounded length each: a longer one is passed over, not held. */
public final class LineReader {
  /** Stands for a line that was too long. */
  public static final byte[] TOO_LONG = new byte[0];

  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;

  /** Lines of at most {@code longest} bytes. */
  public LineReader(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** The most bytes a line may have. */
  public int longest() {
    return longest;
  }

  /** Whether the next line may have to be waited for. */
  public boolean mayBlock() throws IOException {
    return at == end && in.available() == 0;
  }

  /** The next line that is not blank, {@link #TOO_LONG}, or null at the end. */
  public byte[] next() throws IOException {
    byte[] line;
    do {
      line = line();
    } while (line != null && line != TOO_LONG && isBlank(line));
    return line;
  }

  private byte[] line() throws IOException {
    ByteArrayOutputStream line = null;
    boolean tooLong = false;
    while (at < end || fill()) {
      int newline = newline();
      int length = newline - at;
      line = line == null ? new ByteArrayOutputStream(length) : line;
      tooLong |= line.size() + (long) length > longest;
      if (tooLong) {
        line = new ByteArrayOutputStream(0);
      } else {
        line.write(buffer, at, length);
      }
      at = newline + 1;
      if (newline < end) {
        break;
      }
      at = end;
    }
    return tooLong ? TOO_LONG : line == null ? null : line.toByteArray();
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  /** Index of the next end of line in the buffer, or of the buffer's end. */
  private int newline() {
    int i = at;
    while (i < end && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
