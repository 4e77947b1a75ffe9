package io.github.surprisal.bench.page;

/** What draws the charts of a page. */
public enum ChartLibrary {
  /** Small, for curves. */
  UPLOT {
    @Override
    public String style() {
      return Resource.webJar("org.webjars.npm", "uplot", "dist/uPlot.min.css");
    }

    @Override
    public String script() {
      return Resource.webJar("org.webjars.npm", "uplot", "dist/uPlot.iife.min.js");
    }

    @Override
    public String licence() {
      return Resource.webJar("org.webjars.npm", "uplot", "LICENSE");
    }

    @Override
    public String ownScript() {
      return Resource.text("page/uplot.js");
    }
  },
  /** Large, for bars, scatters and logarithmic axes. Its licence is in its script. */
  ECHARTS {
    @Override
    public String style() {
      return "";
    }

    @Override
    public String script() {
      return Resource.webJar("org.webjars", "echarts", "echarts.common.min.js");
    }

    @Override
    public String licence() {
      return "";
    }

    @Override
    public String ownScript() {
      return Resource.text("page/echarts.js");
    }
  };

  /** Its style sheet. */
  public abstract String style();

  /** Itself. */
  public abstract String script();

  /** The text that has to go with it. */
  public abstract String licence();

  /** What the pages draw with it. */
  public abstract String ownScript();
}
