package io.github.surprisal.bench.demo;

import static io.github.surprisal.bench.demo.Terminal.number;

import io.github.surprisal.bench.Machine;
import io.github.surprisal.bench.speed.SpeedTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;

/** What the demo says on the terminal. */
final class DemoText {
  private static final int EACH_EPOCHS = 5;
  private static final int EACH_STEPS = 50;

  private final PrintWriter out;
  private final Terminal terminal;

  DemoText(PrintWriter out) {
    this.out = out;
    terminal = new Terminal(out);
  }

  void machine() {
    Machine.describe().forEach(out::println);
  }

  void digitsHeading(Digits.Split split) {
    terminal.heading("1. Handwritten digits");
    terminal.say(
        "Data: UCI Optical Recognition of Handwritten Digits (Alpaydin, Kaynak), CC BY 4.0.");
    terminal.say(
        "A network of one hidden layer learns to read %,d images of 8x8 pixels with CrossEntropy,",
        split.training().rows());
    terminal.say(
        "labels smoothed by 0.1, and is tried on %,d that it never saw.", split.heldOut().rows());
    out.flush();
  }

  void digits(List<DigitTraining.Epoch> epochs) {
    var rows =
        epochs.stream()
            .filter(e -> e.number() == 1 || e.number() % EACH_EPOCHS == 0)
            .map(e ->
                List.of(
                    Integer.toString(e.number()),
                    number(4, e.trainingLoss()),
                    number(4, e.heldOutLoss()),
                    number(1, 100 * e.accuracy()) + " %",
                    number(4, e.perplexity())))
            .toList();
    terminal.table(
        List.of("epoch", "training loss", "held-out loss", "accuracy", "perplexity"), rows, 0);
    out.println();
    terminal.say("Perplexity: as unsure as if guessing among that many digits.");
  }

  void versesHeading(CharacterCounts counts) {
    terminal.heading("2. The next character");
    terminal.say("Data: the King James Bible, public domain (in the UK under Crown patent).");
    terminal.say(
        "%,d rows of %d logits, one for each pair of characters, learn which character follows, by",
        counts.contexts, counts.symbols);
    terminal.say(
        "gradient descent with CrossEntropy on nine verses of ten; the tenth is the test. The best");
    terminal.say("that such a model can do is known: counting, one added to each count.");
    out.flush();
  }

  void verses(List<CharacterTraining.Step> steps, List<CountedModel.Named> counted) {
    var trained =
        steps.stream()
            .filter(s -> s.number() == 1 || s.number() == 10 || s.number() % EACH_STEPS == 0)
            .map(s -> row("step " + s.number(), number(4, s.training().bits()), s.heldOut()));
    var others = counted.stream().map(model -> row(model.name(), "", model.score()));
    terminal.table(
        List.of("model", "training bits", "held-out bits", "held-out perplexity"),
        Stream.concat(trained, others).toList(),
        1);
    out.println();
    terminal.say("Bits: per character; what a text compressor with these predictions would need.");
  }

  private static List<String> row(String name, String training, TextScore score) {
    return List.of(name, training, number(4, score.bits()), number(4, score.perplexity()));
  }

  void checks(List<GradientCheck> checks) {
    terminal.heading("3. Right to the last bits");
    int elements = checks.stream().mapToInt(GradientCheck::elements).sum();
    terminal.say(
        "%,d gradient elements against the oracle, which computes in 100 digits or", elements);
    terminal.say("double-double. Errors are in units of the last place (ulp) of the largest term.");
    var rows =
        checks.stream()
            .map(check ->
                List.of(
                    check.name(),
                    Integer.toString(check.elements()),
                    number(2, check.worstUlps()),
                    number(0, check.bound())))
            .toList();
    terminal.table(List.of("batch", "elements", "worst error", "promised"), rows, 1);
  }

  void speedHeading() {
    terminal.heading("4. Speed, roughly");
    terminal.say("Measured for a moment in this very process; surprisal bench measures properly.");
    out.flush();
  }

  void speed(SpeedTable speed) {
    out.println();
    out.println(speed.render());
    out.println();
    SpeedTable.LEGEND.forEach(out::println);
    out.flush();
  }
}
