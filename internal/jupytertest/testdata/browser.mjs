// Opens a notebook in JupyterLab as a person would: picks the kernel, runs all cells, waits until idle, saves.
// Usage: node browser.mjs ORDER, a JSON file with url, notebook, kernel, chromium, modules, profile, screenshot
// and seconds. Prints one JSON object that says what is on the page.
import { chooseKernel, menu, save, untilIdle, withPage } from "./page.mjs";

await withPage(async (page, order) => {
  await chooseKernel(page, order.kernel);
  await menu(page, /^Run$/, /^Run All Cells$/);
  await untilIdle(page, order.seconds);
  await save(page);
  const seen = await survey(page);
  await picture(page, order.screenshot);
  return seen;
});

async function survey(page) {
  return page.evaluate(async () => {
    const notebook = document.querySelector(".jp-Notebook");
    const images = [...notebook.querySelectorAll(".jp-OutputArea-output img, .jp-OutputArea-output svg")];
    await Promise.all(images.map((image) => image.decode?.().catch(() => {})));
    const visible = images.filter((image) => {
      const box = image.getBoundingClientRect();
      return box.width > 0 && box.height > 0 && (image.naturalWidth ?? 1) > 0;
    });
    // JupyterLab shows an error's traceback as it shows what a cell writes to stderr.
    const errors = notebook.querySelectorAll('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]');
    return {
      cells: notebook.querySelectorAll(".jp-CodeCell").length,
      images: visible.length,
      errors: [...errors].map((node) => node.textContent),
      text: [...notebook.querySelectorAll(".jp-OutputArea-output")].map((node) => node.textContent).join("\n"),
    };
  });
}

// The notebook scrolls inside its panel; a window as tall as the notebook shows all of it. Twice, because what comes into
// sight may grow.
async function picture(page, file) {
  for (let pass = 0; pass < 2; pass++) {
    const height = await page.evaluate(() => {
      const cells = [...document.querySelectorAll(".jp-Notebook .jp-Cell")].map((cell) => cell.getBoundingClientRect());
      return Math.max(...cells.map((box) => box.bottom)) - Math.min(...cells.map((box) => box.top));
    });
    await page.setViewportSize({ width: 1280, height: Math.min(Math.ceil(height) + 200, 16000) });
    await page.waitForTimeout(500);
    await page.evaluate(() => {
      for (const e of document.querySelectorAll(".jp-Notebook, .jp-WindowedPanel-outer")) e.scrollTop = 0;
    });
    await page.waitForTimeout(500);
  }
  await page.screenshot({ path: file });
}
