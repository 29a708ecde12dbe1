// Uses a notebook by hand in JupyterLab: Tab, Shift-Tab, a progress bar, the stop button, a Vega-Lite chart.
// Usage: node hands.mjs ORDER, as for browser.mjs; screenshots are named after it. Prints what was seen as one JSON object.
import { chooseKernel, withPage } from "./page.mjs";

await withPage(async (page, order) => {
  await chooseKernel(page, order.kernel);
  const photo = (name) => page.screenshot({ path: order.screenshot.replace(/\.png$/, `-${name}.png`) });
  const cell = (n) => page.locator(".jp-Notebook .jp-CodeCell").nth(n);
  const run = async (n) => {
    await cell(n).locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
  };
  const number = (n) => cell(n).locator(".jp-InputPrompt", { hasText: /^\[\d+\]:$/ }).waitFor();
  const seen = {};

  // Tab: names after a dot.
  await run(0);
  await number(0);
  await cell(1).locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Tab");
  const completer = page.locator(".jp-Completer");
  await completer.locator(".jp-Completer-item").first().waitFor();
  seen.completions = await completer.locator(".jp-Completer-match").allTextContents();
  await photo("tab");
  await page.keyboard.press("Escape");

  // Shift-Tab: what a name is.
  await cell(2).locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Shift+Tab");
  const tooltip = page.locator(".jp-Tooltip");
  await tooltip.locator("code, pre, p").first().waitFor();
  seen.tooltip = await tooltip.textContent();
  await photo("shift-tab");
  await page.keyboard.press("Escape");

  // A progress bar moves, and the stop button ends the cell.
  await run(3);
  const bar = cell(3).locator(".jp-OutputArea-output");
  await bar.first().waitFor();
  seen.progress = [];
  for (let look = 0; look < 200 && new Set(seen.progress).size < 3; look++) {
    seen.progress.push(await bar.first().textContent());
    await page.waitForTimeout(50);
  }
  await photo("progress");
  await page.locator('[data-command="notebook:interrupt-kernel"], [data-command="kernelmenu:interrupt"], button[title*="Interrupt"]').first().click();
  const began = Date.now();
  await cell(3).locator('[data-mime-type="application/vnd.jupyter.stderr"]').waitFor();
  await number(3);
  seen.stopped = Date.now() - began;
  seen.error = await cell(3).locator('[data-mime-type="application/vnd.jupyter.stderr"]').textContent();
  await photo("stopped");

  // What it had is kept.
  await run(4);
  await number(4);
  seen.kept = await cell(4).locator(".jp-OutputArea-output").textContent();

  // A chart that JupyterLab draws itself.
  await run(5);
  const chart = cell(5).locator(".vega-embed canvas, .vega-embed svg");
  await chart.first().waitFor();
  await page.waitForTimeout(500);
  const box = await chart.first().boundingBox();
  seen.chart = [Math.round(box.width), Math.round(box.height)];
  await cell(5).scrollIntoViewIfNeeded();
  await photo("chart");
  return seen;
});
