package io.github.surprisal.bench.conformance.protocol;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an engine refused, in the words of the case. */
public final class Refusal {
  /** {@code name[index] = value, expected rule}. */
  private static final Pattern RULE =
      Pattern.compile("(\\w+)(\\[\\d+])? = (\\S+), expected (.*)", Pattern.DOTALL);

  private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z])[A-Z]");

  /** Arguments of Java whose key is not the same in snake case. */
  private static final Map<String, String> KEYS =
      Map.of(
          "classWeights", "weight",
          "hessianConvention", "convention",
          "entropyWeight", "entropy",
          "hardWeight", "weight_hard_loss");

  private Refusal() {}

  /** The reason that an engine gives, with the keys and the value as the case has them. */
  public static CaseException of(IllegalArgumentException refusal, Signature signature, Case c) {
    String message = String.valueOf(refusal.getMessage());
    Matcher matcher = RULE.matcher(message);
    if (!matcher.matches()) {
      return new CaseException(inKeys(message, signature));
    }
    String key = key(matcher.group(1), signature);
    String rule = inKeys(matcher.group(4), signature);
    String index = matcher.group(2) == null ? "" : matcher.group(2);
    if (!c.options().has(key)) {
      return CaseException.of(key + index, matcher.group(3), rule);
    }
    String spelled = c.options().key(key);
    String word = spelled.substring(spelled.indexOf('.') + 1);
    String inWords = rule.replaceAll("\\b" + key + "\\b", word);
    return index.isEmpty()
        ? c.options().invalid(key, inWords)
        : CaseException.of(spelled + index, matcher.group(3), inWords);
  }

  private static String inKeys(String text, Signature signature) {
    return NAME.matcher(text).replaceAll(name -> key(name.group(), signature));
  }

  private static String key(String argument, Signature signature) {
    String key =
        KEYS.getOrDefault(
            argument,
            HUMP.matcher(argument).replaceAll(m -> "_" + m.group().toLowerCase(Locale.ROOT)));
    // The weights of softmax focal loss are called otherwise.
    return key.equals("weight") && !signature.options().contains(key) ? "alpha" : key;
  }
}
