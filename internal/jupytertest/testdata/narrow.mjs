// Opens HTML exports of notebooks on a screen as narrow as a telephone's and tells what does not fit.
// Usage: node narrow.mjs ORDER, a JSON file with pages, width, chromium, modules, profile and pictures, a folder.
// Prints one JSON object: for each page the width it needs and what sticks out of it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const order = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { chromium } = createRequire(order.modules + "/")("playwright-core");
const context = await chromium.launchPersistentContext(order.profile, {
  executablePath: order.chromium, headless: true, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"],
  viewport: { width: order.width, height: 844 }, deviceScaleFactor: 1,
});
try {
  await context.route(/^https?:/, serve);
  const found = {};
  for (const file of order.pages) found[basename(file, ".html")] = await survey(file);
  console.log(JSON.stringify(found));
} finally {
  await context.close();
}

// The pages ask the network for MathJax, which is answered from node_modules, and for scripts that they can do without.
async function serve(route) {
  const at = new URL(route.request().url()).pathname.match(/\/mathjax\/[^/]*\/(.*)/);
  if (!at) return route.abort();
  return route.fulfill({ path: join(order.modules, "node_modules", "mathjax", at[1]) });
}

async function survey(file) {
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.waitForFunction(() => window.MathJax?.Hub?.queue && !document.querySelector(".MathJax_Preview:not(:empty)"));
  await page.evaluate(() => new Promise((done) => window.MathJax.Hub.Queue(done)));
  const found = await page.evaluate(measure);
  await page.screenshot({ path: join(order.pictures, basename(file, ".html") + ".png"), fullPage: true });
  await page.close();
  return found;
}

// What may be scrolled sideways in a box of its own does fit; so does what nobody sees. The template lab cuts the sources of
// cells off by its own style sheet, which is the exporter's affair.
function measure() {
  const room = window.innerWidth;
  const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflowX);
  const exempt = ".MJX_Assistive_MathML, .MathJax_Preview, .jp-InputArea-editor";
  const sticksOut = (e) => {
    const box = e.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || box.right <= room + 1 || e.closest(exempt)) return false;
    for (let up = e.parentElement; up && up !== document.body; up = up.parentElement) {
      if (scrolls(up) && up.getBoundingClientRect().right <= room + 1) return false;
    }
    return true;
  };
  const out = [...document.querySelectorAll("body *")].filter(sticksOut);
  const outermost = out.filter((e) => !out.includes(e.parentElement));
  return {
    needs: document.scrollingElement.scrollWidth, room,
    equations: document.querySelectorAll(".mjx-chtml").length,
    images: [...document.images].filter((image) => image.naturalWidth > 0 && image.getBoundingClientRect().width > 0).length,
    out: outermost.slice(0, 20).map((e) =>
      `${e.tagName.toLowerCase()} to ${Math.round(e.getBoundingClientRect().right)}: ${e.textContent.trim().slice(0, 80)}`),
  };
}
