// Opens a notebook in JupyterLab as a person would: picks the kernel, runs all cells, waits until idle, saves.
// Usage: node browser.mjs ORDER, a JSON file with url, notebook, kernel, chromium, modules, profile, screenshot
// and seconds. Prints one JSON object that says what is on the page.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const order = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { chromium } = createRequire(order.modules + "/")("playwright-core");

const quiet = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
const context = await chromium.launchPersistentContext(order.profile, {
  executablePath: order.chromium, headless: true, args: quiet, viewport: { width: 1280, height: 900 },
});
try {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(order.url);
  await chooseKernel(page);
  await runAll(page);
  await untilIdle(page);
  await save(page);
  const seen = await survey(page);
  await picture(page);
  console.log(JSON.stringify(seen));
} finally {
  await context.close();
}

// The notebook names no kernel, so JupyterLab asks for one.
async function chooseKernel(page) {
  const dialog = page.locator(".jp-Dialog", { hasText: "Select Kernel" });
  await dialog.locator("select").selectOption({ label: order.kernel });
  await dialog.locator("button.jp-mod-accept").click();
  await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor();
}

async function runAll(page) {
  await page.locator(".lm-MenuBar-item", { hasText: /^Run$/ }).click();
  await page.locator(".lm-Menu-item", { hasText: /^Run All Cells$/ }).click();
}

// Idle means: the kernel says so, and every code cell that holds text has its number or an error ended the run.
async function untilIdle(page) {
  await page.waitForFunction(() => {
    const cells = [...document.querySelectorAll(".jp-Notebook .jp-CodeCell")];
    const numbered = cells.every((cell) => {
      const prompt = cell.querySelector(".jp-InputPrompt")?.textContent ?? "";
      return /^\[\d+\]:$/.test(prompt.trim()) || cell.querySelector(".cm-content")?.textContent.trim() === "";
    });
    const indicator = document.querySelector(".jp-Notebook-ExecutionIndicator");
    const failed = document.querySelector('.jp-Notebook [data-mime-type="application/vnd.jupyter.stderr"]') !== null;
    const waiting = cells.some((cell) => cell.querySelector(".jp-InputPrompt")?.textContent.includes("*"));
    return cells.length > 0 && (numbered || failed && !waiting) && indicator?.getAttribute("data-status") === "idle";
  }, null, { timeout: order.seconds * 1000, polling: 250 });
}

async function save(page) {
  await page.locator(".lm-MenuBar-item", { hasText: /^File$/ }).click();
  await page.locator('.lm-Menu-item[data-command="docmanager:save"]').click();
  await page.locator(".jp-mod-dirty").waitFor({ state: "detached" });
}

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

// The notebook scrolls inside its panel; a window as tall as the notebook shows all of it.
async function picture(page) {
  const height = await page.evaluate(() => {
    const cells = [...document.querySelectorAll(".jp-Notebook .jp-Cell")].map((cell) => cell.getBoundingClientRect());
    return Math.max(...cells.map((box) => box.bottom)) - Math.min(...cells.map((box) => box.top));
  });
  await page.setViewportSize({ width: 1280, height: Math.min(Math.ceil(height) + 200, 16000) });
  await page.waitForTimeout(500);
  await page.evaluate(() => {
    for (const e of document.querySelectorAll('.jp-Notebook, .jp-WindowedPanel-outer')) e.scrollTop = 0;
  });
  await page.waitForTimeout(500);
  await page.screenshot({ path: order.screenshot });
}
