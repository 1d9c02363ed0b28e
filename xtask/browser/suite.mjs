// The documentation site in a browser, as a reader has it: opened from a file, and from a server
// below a path. Called with the site's folder and a folder for pictures; `cargo xtask browser`
// does that. The names of what is tried are sentences, and each failure says what was found.

import { createServer } from "node:http";
import { mkdir, readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import test from "node:test";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const [site, pictures] = process.argv.slice(2).map((folder) => path.resolve(folder));
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
await mkdir(pictures, { recursive: true });

const kinds = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const server = createServer(async (request, response) => {
  const name = decodeURIComponent(new URL(request.url, "http://x").pathname);
  try {
    if (!name.startsWith("/docs/") || name.includes("..")) throw new Error("outside");
    const body = await readFile(path.join(site, name.slice(6)));
    response.writeHead(200, { "content-type": kinds[path.extname(name)] ?? "text/plain" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const served = `http://127.0.0.1:${server.address().port}/docs/`;
const opened = pathToFileURL(site).href + "/";

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"],
});
test.after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

/** A page in a profile of its own, which notes what a reader would never want. */
const visit = async (address, options = {}) => {
  const { keep, ...settings } = options;
  const context = keep ?? (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...settings }));
  const page = await context.newPage();
  page.wrong = [];
  page.on("console", (message) => message.type() === "error" && page.wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => page.wrong.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    page.wrong.push(`a script of the description ran: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(served) && !url.startsWith(opened) && !url.startsWith("data:")) {
      page.wrong.push(`a request to ${url}`);
    }
  });
  // What is on its way when the page is left is no failure.
  const left = (request) => request.failure()?.errorText === "net::ERR_ABORTED";
  page.on("requestfailed", (request) => left(request) || page.wrong.push(`not loaded: ${request.url()}`));
  page.on("response", (response) => response.status() >= 400 && page.wrong.push(`${response.status()}: ${response.url()}`));
  await page.goto(address);
  return page;
};

const close = async (page) => {
  assert.deepEqual(page.wrong, []);
  await page.context().close();
};

const picture = (page, name) => page.screenshot({ path: path.join(pictures, `${name}.png`) });

const pages = async (folder = site, below = "") => {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const name = below + entry.name;
    if (entry.isDirectory()) found.push(...(await pages(path.join(folder, entry.name), `${name}/`)));
    else if (name.endsWith(".html") && name !== "toc.html" && !name.endsWith("/toc.html")) found.push(name);
  }
  return found.sort();
};

const action = "losant/instanceOrgInvites.html#instanceOrgInvites.get";

for (const [how, base] of [["a file", opened], ["a server", served]]) {
  test(`from ${how}: the search finds an action`, async () => {
    const page = await visit(base + "index.html");
    await page.keyboard.press("s");
    await page.locator("#mdbook-searchbar").pressSequentially("resend invite");
    const first = page.locator("#mdbook-searchresults li a").first();
    await first.waitFor();
    const results = await page.locator("#mdbook-searchresults li a").allTextContents();
    assert.ok(results.some((text) => /Resend/i.test(text)), results.join("; "));
    await picture(page, `search-${how.slice(2)}`);
    await page.locator("#mdbook-searchresults li a", { hasText: /Resend/i }).first().click();
    await page.waitForURL(/esend/);
    await close(page);
  });

  test(`from ${how}: a language that is chosen is kept on other pages`, async () => {
    const page = await visit(base + action);
    const tabs = page.locator(".samples").first().locator("[role=tab]");
    assert.deepEqual(await tabs.allTextContents(), ["Rust", "JavaScript, await", "JavaScript, callback", "Ruby", "curl"]);
    await tabs.filter({ hasText: "Ruby" }).click();
    const shown = async (page) => {
      const all = page.locator(".sample:visible");
      return new Set(await all.evaluateAll((samples) => samples.map((sample) => sample.dataset.language)));
    };
    assert.deepEqual(await shown(page), new Set(["ruby"]));
    const other = await visit(base + "snyk/Invites.html", { keep: page.context() });
    assert.deepEqual(await shown(other), new Set(["ruby"]));
    // By keyboard, too: the next one is curl, and then the first.
    await other.locator("[role=tab][aria-selected=true]").first().focus();
    await other.keyboard.press("ArrowRight");
    assert.deepEqual(await shown(other), new Set(["curl"]));
    await other.keyboard.press("ArrowRight");
    assert.deepEqual(await shown(other), new Set(["rust"]));
    assert.deepEqual(other.wrong, []);
    await close(page);
  });

  test(`from ${how}: the versions switch`, async () => {
    const page = await visit(base + "index.html");
    const select = page.locator("#site-version select");
    assert.deepEqual(await select.locator("option").allTextContents(), ["Version latest", "Version 1.3"]);
    await select.selectOption({ label: "Version 1.3" });
    await page.waitForURL(/1\.3\/index\.html/);
    assert.equal(await page.locator("#site-version select").inputValue(), "1.3/");
    await page.goto(base + "1.3/losant/index.html");
    await page.locator("#site-version select").selectOption({ label: "Version latest" });
    await page.waitForURL((url) => url.href === base + "index.html");
    await close(page);
  });
}

test("without a script all samples are shown", async () => {
  const page = await visit(served + action, { javaScriptEnabled: false });
  const first = page.locator(".samples").first().locator(".sample");
  assert.equal(await first.count(), 5);
  for (const sample of await first.all()) assert.ok(await sample.isVisible());
  await close(page);
});

test("deep links land, and open what is folded", async () => {
  for (const link of [action, "losant/instanceOrgInvites.html#instanceOrgInvites.get.query", "losant/_schema.error.html#schema.error", "losant/_errors.html#status.404"]) {
    const page = await visit(served + link);
    const id = link.split("#")[1];
    const place = await page.evaluate((id) => document.getElementById(id)?.getBoundingClientRect().top, id);
    assert.ok(place !== undefined && place > -5 && place < 850, `${link} is at ${place}`);
    await close(page);
  }
});

test("the method and the path of an action stay in view", async () => {
  const page = await visit(served + action);
  await page.evaluate(() => window.scrollBy({ top: 700, behavior: "instant" }));
  await page.waitForTimeout(300);
  const seen = () => page.locator(".endpoint").evaluateAll((all) => all.filter((each) => {
    const { left, top, height } = each.getBoundingClientRect();
    return top >= 0 && top < 120 && each.contains(document.elementFromPoint(left + 10, top + height / 2));
  }).map((each) => each.textContent.trim()));
  assert.deepEqual(await seen(), ["GET /instances/{instanceId}/orgs/{orgId}/invites"]);
  // Going up brings the bar of mdBook back, which must not cover it.
  await page.mouse.wheel(0, -120);
  await page.waitForTimeout(300);
  assert.equal((await seen()).length, 1);
  await picture(page, "scrolled");
  await close(page);
});

test("code can be copied", async () => {
  const page = await visit(served + action, { permissions: ["clipboard-read", "clipboard-write"] });
  const sample = page.locator(".sample:visible pre").first();
  await sample.hover();
  await sample.locator("button.clip-button").click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /client/);
  await close(page);
});

test("a keyboard reaches everything", async () => {
  const page = await visit(served + "snyk/Invites.html");
  const reached = new Set();
  for (let count = 0; count < 400; count += 1) {
    await page.keyboard.press("Tab");
    const place = await page.evaluate(() => {
      const all = [...document.querySelectorAll("*")];
      return all.indexOf(document.activeElement);
    });
    if (reached.has(place) && reached.size > 20) break;
    reached.add(place);
  }
  const missed = await page.evaluate((reached) => {
    const all = [...document.querySelectorAll("*")];
    const wanted = document.querySelectorAll("main a[href], main summary, main [role=tab][aria-selected=true], .site-bar a, .site-bar select, #mdbook-menu-bar button");
    const seen = (each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest("[hidden], details:not([open]) > :not(summary)");
    return [...wanted].filter((each) => seen(each) && !reached.includes(all.indexOf(each))).map((each) => each.outerHTML.slice(0, 120));
  }, [...reached]);
  assert.deepEqual(missed, []);
  await close(page);
});

test("no page scrolls sideways on a phone", async () => {
  const page = await visit(served + "index.html", { viewport: { width: 360, height: 740 } });
  for (const name of (await pages()).filter((name) => !name.startsWith("1.3/"))) {
    await page.goto(served + name);
    const wide = await page.evaluate(() => {
      for (const each of document.querySelectorAll("details")) each.open = true;
      const by = [...document.querySelectorAll("main *")].filter((each) => each.getBoundingClientRect().right > 361 && !each.closest(".table-wrapper, pre"));
      const width = document.scrollingElement.scrollWidth;
      return width > 360 ? `${width} wide, by ${by.slice(0, 3).map((each) => each.outerHTML.slice(0, 100)).join(" ")}` : "";
    });
    assert.equal(wide, "", name);
  }
  for (const [name, file] of [["phone-index", "index.html"], ["phone-action", action], ["phone-nasty", "nasty/nasty.html"], ["phone-schemas", "losant/_schemas.html"], ["phone-schema", "losant/_schema.error.html"]]) {
    await page.goto(served + file);
    await picture(page, name);
  }
  await close(page);
});

for (const theme of ["light", "dark"]) {
  test(`axe finds nothing to mend in the ${theme} theme`, async () => {
    const page = await visit(served + "index.html", { colorScheme: theme, bypassCSP: true });
    for (const name of ["index.html", "changelog.html", "losant/index.html", "losant/instanceOrgInvites.html", "losant/_schemas.html", "losant/_schema.error.html", "losant/_authentication.html", "losant/_errors.html", "nasty/nasty.html", "nasty/_callbacks.html"]) {
      await page.goto(served + name);
      await picture(page, `${theme}-${name.replaceAll("/", "-").replace(".html", "")}`);
      await page.evaluate(() => {
        for (const each of document.querySelectorAll("details")) each.open = true;
      });
      await page.waitForTimeout(100);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
      const said = violations.flatMap(({ id, nodes }) => nodes.slice(0, 4).map((node) => `${id}: ${node.html.slice(0, 140)} ${node.any[0]?.message ?? ""}`));
      assert.deepEqual(said, [], name);
    }
    await close(page);
  });
}

test("every page opens without an error, and runs no script of a description", async () => {
  const page = await visit(opened + "index.html");
  for (const name of await pages()) await page.goto(opened + name);
  const odd = await visit(served + "nasty/nasty.html");
  for (const link of await odd.locator("main a[href]").evaluateAll((all) => all.map((each) => each.protocol))) {
    assert.ok(["http:", "https:", "mailto:"].includes(link), link);
  }
  assert.equal(await odd.locator("main script, main img, main [onerror], main [onclick]").count(), 0);
  await close(odd);
  await close(page);
});
