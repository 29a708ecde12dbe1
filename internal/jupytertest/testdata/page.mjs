// What a person does in JupyterLab: pick the kernel, run cells, wait, save.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// withPage opens the order's url in Chromium and prints what the visit returns as one JSON object.
export async function withPage(visit) {
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
    console.log(JSON.stringify(await visit(page, order)));
  } finally {
    await context.close();
  }
}

// The notebook names no kernel, so JupyterLab asks for one.
export async function chooseKernel(page, kernel) {
  const dialog = page.locator(".jp-Dialog", { hasText: "Select Kernel" });
  await dialog.locator("select").selectOption({ label: kernel });
  await dialog.locator("button.jp-mod-accept").click();
  await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor();
}

export async function menu(page, name, item) {
  await page.locator(".lm-MenuBar-item", { hasText: name }).click();
  await page.locator(".lm-Menu-item", { hasText: item }).click();
}

// Idle means: the kernel says so, and every code cell that holds text has its number or an error ended the run.
export async function untilIdle(page, seconds) {
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
  }, null, { timeout: seconds * 1000, polling: 250 });
}

export async function save(page) {
  await page.locator(".lm-MenuBar-item", { hasText: /^File$/ }).click();
  await page.locator('.lm-Menu-item[data-command="docmanager:save"]').click();
  await page.locator(".jp-mod-dirty").waitFor({ state: "detached" });
}
