package io.github.surprisal.bench.page;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.concurrent.Worker;
import javafx.scene.web.WebEngine;

/** Opens the page that is its argument, and writes its DOM to the standard output. */
final class WebKit {
  private WebKit() {}

  /** Run in a process of its own, which has JavaFX's options. */
  public static void main(String[] arguments) throws Exception {
    String page = arguments[0];
    var isDone = new CountDownLatch(1);
    var dom = new StringBuilder();
    Platform.startup(() -> {
      var engine = new WebEngine();
      engine
          .titleProperty()
          .addListener((title, before, after) -> {
            if (after.equals(PageProbe.DONE)) {
              dom.append(engine.executeScript("document.documentElement.outerHTML"));
              isDone.countDown();
            }
          });
      engine
          .getLoadWorker()
          .stateProperty()
          .addListener((state, before, after) -> {
            if (after == Worker.State.FAILED) {
              isDone.countDown();
            }
          });
      engine.load(page);
    });
    if (!isDone.await(60, TimeUnit.SECONDS) || dom.isEmpty()) {
      throw new IllegalStateException(page + " was not loaded");
    }
    System.out.println(dom);
    System.exit(0);
  }
}
