// browser_test.mjs SKURD [FOLDER]: the web page of that program in Debian's chromium, headless. Every page is opened in
// light, dark, on a phone of 320 pixels, and as printed: without an error on the console, without a request that
// fails or leaves this machine, without sideways scrolling, and without anything that axe-core finds against it.
// Then what people do: log in, acknowledge by the keyboard, harvest, go back in time; and the same without scripts.
// Screenshots are put into FOLDER where one is named.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const source = path.resolve(here, "../..");
const [program, screenshots] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((file) => fs.existsSync(file));

function skip(why) {
  console.log("skipped: " + why);
  process.exit(0);
}

if (!browserPath) skip("chromium is not on this machine (apt-get install chromium)");
let playwright;
try {
  playwright = require("playwright-core");
} catch {
  skip("playwright-core is not there (npm ci --prefix tests/browser)");
}
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const failures = [];
let checks = 0;
function check(truth, what) {
  ++checks;
  if (!truth) {
    failures.push(what);
    console.log("FAILED: " + what);
  }
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "skurd-browser-"));
const state = path.join(folder, "state");
const token = "0123456789abcdef0123456789";
const environment = { ...process.env, SKURD_STATE: state, LC_ALL: "C" };
delete environment.SKURD_CONFIG;

function skurd(...args) {
  const done = spawnSync(program, args, { env: environment, encoding: "utf8", cwd: folder });
  if (done.status !== 0) throw new Error(`skurd ${args.join(" ")} ended with ${done.status}: ${done.stdout}${done.stderr}`);
  return done.stdout;
}

// Both reports that come with the program, and a job of a drop folder that can be harvested by hand.
function prepare() {
  fs.mkdirSync(path.join(state, "drop"), { recursive: true });
  for (const name of ["statusrapport-1.csv", "statusrapport-3.csv"]) {
    const file = path.join(state, "drop", name);
    fs.copyFileSync(path.join(source, "deploy/first-harvest", name), file);
    fs.utimesSync(file, new Date(Date.now() - 3.6e6), new Date(Date.now() - 3.6e6));
  }
  skurd("harvest", "--all");
  fs.mkdirSync(path.join(folder, "schedules"));
  fs.writeFileSync(path.join(folder, "schedules/tall.toml"),
    '[job]\nconnector = "drop"\n[source]\nfiles = "tall-*.csv"\npublished = "2020-01-02"\n' +
    '[layout]\nseparator = ";"\nperiods = \'^\\d{4}$\'\n[[layout.series]]\ncolumn = "nr"\n');
  fs.writeFileSync(path.join(folder, "token"), token + "\n", { mode: 0o600 });
  fs.writeFileSync(path.join(folder, "skurd.toml"),
    `[jobs]\nshipped = false\n[serve]\nlisten = ["127.0.0.1:0"]\nnames = true\ntoken_file = "${path.join(folder, "token")}"\n`);
}

function dropFile(name, number) {
  const file = path.join(state, "drop", name);
  fs.writeFileSync(file, `nr;2018;2019\n1;10;${number}\n`);
  fs.utimesSync(file, new Date(Date.now() - 3.6e6), new Date(Date.now() - 3.6e6));
}

// The daemon, and the address that it tells.
function serve() {
  const daemon = spawn(program, ["serve", "--config", path.join(folder, "skurd.toml")],
    { env: environment, stdio: ["ignore", "ignore", "pipe"], cwd: folder });
  return new Promise((resolve, reject) => {
    let log = "";
    daemon.stderr.on("data", (bytes) => {
      log += bytes;
      const found = log.match(/HTTP on (http:\/\/[0-9.:]+)/);
      if (found && log.includes("serving")) resolve({ daemon, address: found[1], log: () => log });
    });
    daemon.on("exit", () => reject(new Error("the daemon ended: " + log)));
  });
}

const pages = {
  overview: "/?lang=nb",
  "overview-en": "/?lang=en&set=3",
  indicators: "/indicators?lang=nb",
  indicator: "/indicators/9?lang=nb",
  "indicator-then": "/indicators/9?lang=en&as_of=2018-06-01",
  flags: "/flags?lang=nb",
  flag: "/flags/1?lang=en",
  changes: "/changes?lang=nb&from=2018-06-01&to=2019-12-31",
  data: "/data?lang=en",
  dataset: "/data?lang=nb&dataset=drop%2Fstatus-report",
  "dataset-series": "/data?lang=en&dataset=drop%2Fstatus-report&d-nr=9",
  sources: "/sources?lang=nb",
  login: "/login?lang=nb",
};

const looks = {
  light: { viewport: { width: 1100, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1100, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 320, height: 640 }, colorScheme: "light", deviceScaleFactor: 2 },
};

// Tells of whatever goes wrong on a page.
function watch(page, address, what) {
  page.on("console", (message) => check(message.type() !== "error", `${what()}: console: ${message.text()}`));
  page.on("pageerror", (error) => check(false, `${what()}: ${error}`));
  page.on("request", (request) => check(request.url().startsWith(address), `${what()}: asks ${request.url()}`));
}

async function shoot(page, name) {
  if (!screenshots) return;
  fs.mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: path.join(screenshots, name + ".png"), fullPage: true });
}

async function findNothing(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of found.violations)
    check(false, `${what}: axe: ${violation.id}: ${violation.help}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
  check(found.violations.length === 0, `${what}: axe-core`);
}

// What finds nothing must be able to find something.
async function findMistakes(browser) {
  const page = await browser.newPage();
  await page.setContent('<html lang="en"><title>x</title><body><main><h1>x</h1><img src="data:,"><p style="color:#ccc;background:#fff">pale</p></main>');
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const ids = found.violations.map((violation) => violation.id);
  check(ids.includes("image-alt") && ids.includes("color-contrast"), `axe-core found only ${ids} on a page of mistakes`);
  await page.close();
}

async function openEveryPage(browser, address) {
  for (const [look, options] of Object.entries(looks)) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    let name = "";
    watch(page, address, () => `${name} ${look}`);
    for (const [its_name, link] of Object.entries(pages)) {
      name = its_name;
      const response = await page.goto(address + link);
      check(response.status() === 200, `${name} ${look}: status ${response.status()}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      check(width <= options.viewport.width, `${name} ${look}: ${width} pixels wide`);
      await findNothing(page, `${name} ${look}`);
      await shoot(page, `${name}-${look}`);
    }
    await context.close();
  }
  const context = await browser.newContext({ viewport: { width: 794, height: 1123 } });
  const page = await context.newPage();
  await page.emulateMedia({ media: "print" });
  for (const name of ["overview", "indicator", "flags"]) {
    await page.goto(address + pages[name]);
    check(!(await page.isVisible("nav")), `${name} print: the menu is printed`);
    await shoot(page, `${name}-print`);
    if (screenshots) await page.pdf({ path: path.join(screenshots, `${name}.pdf`), format: "A4" });
  }
  await context.close();
}

async function logIn(page, address) {
  await page.goto(address + "/login?lang=en&next=%2Fflags%3Flang%3Den");
  await page.fill("#token", token);
  await page.click("main button");
  await page.waitForURL("**/flags?lang=en");
}

// The desk by the keyboard alone.
async function acknowledge(page, address) {
  await logIn(page, address);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("a");
  check(await page.evaluate(() => document.activeElement.id === "actor"), "flags: a leads to the name");
  await page.keyboard.type("Kari");
  await page.keyboard.press("Tab");
  await page.keyboard.type("half a no");
  await page.reload();
  check((await page.inputValue("#note")) === "half a no", "flags: what was half written is there again");
  await page.fill("#note", "printed so in the report");
  const box = page.locator("#flags input[type=checkbox]").first();
  const flag = (await box.getAttribute("name")).slice("flag-".length);
  await box.check();
  await findNothing(page, "flags with a session");
  await shoot(page, "flags-session");
  await page.click("#answer button");
  await page.waitForSelector("[role=status].improved", { timeout: 15000 });
  await shoot(page, "flags-acknowledged");
  const answer = await (await fetch(`${address}/api/v1/flags/${flag}`)).json();
  check(answer.flag.state === "acknowledged", `flag ${flag} is ${answer.flag.state}`);
  check(answer.flag.note === "printed so in the report" && answer.flag.actor === "Kari", "the note and the name are stored");
  check((await page.inputValue("#note")) === "", "flags: a stored note is no draft any more");
}

async function harvest(page, address, how) {
  await page.goto(address + "/sources?lang=en");
  await page.getByRole("button", { name: "Harvest now: tall" }).click();
  await page.waitForURL("**/orders/*");
  await page.waitForFunction(() => document.getElementById("order-state").textContent === "done", null, { timeout: 20000 });
  await shoot(page, "order-" + how);
  check((await page.textContent("#order-events")).includes("done"), `order ${how}: its events end with done`);
  check((await page.textContent("main")).includes("new vintage"), `order ${how}: it says what the run came to`);
}

async function goBack(page, address) {
  await page.goto(address + "/indicators/9?lang=en");
  await page.focus("#slider input");
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL("**as_of=*");
  check((await page.textContent("summary")).includes("As it was known"), "the slider leads to an earlier day");
}

async function main() {
  prepare();
  const { daemon, address } = await serve();
  const browser = await playwright.chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  try {
    await findMistakes(browser);
    await openEveryPage(browser, address);
    const context = await browser.newContext(looks.light);
    const page = await context.newPage();
    watch(page, address, () => page.url());
    await acknowledge(page, address);
    dropFile("tall-1.csv", 20);
    await harvest(page, address, "followed");
    await goBack(page, address);
    const cookies = await context.cookies();
    check(cookies.length === 1 && cookies[0].httpOnly && cookies[0].sameSite === "Strict", "the session is the only cookie");
    await context.close();
    const plain = await browser.newContext({ ...looks.light, javaScriptEnabled: false });
    const quiet = await plain.newPage();
    await quiet.goto(address + "/login?lang=en&next=%2Fsources%3Flang%3Den");
    await quiet.fill("#token", token);
    await quiet.click("main button");
    dropFile("tall-2.csv", 30);
    await quiet.getByRole("button", { name: "Harvest now: tall" }).click();
    await quiet.locator("#order-state", { hasText: "done" }).waitFor({ timeout: 20000 });
    await quiet.goto(address + "/indicators/9?lang=en");
    check((await quiet.locator("#day-list a").count()) > 0, "without scripts the days are a list");
    await plain.close();
  } finally {
    await browser.close();
    daemon.removeAllListeners("exit");
    daemon.kill("SIGTERM");
    await new Promise((resolve) => daemon.on("exit", resolve));
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

await main().catch((error) => check(false, String(error.stack)));
console.log(`${checks} checks, ${failures.length} failed`);
process.exit(failures.length > 0 ? 1 : 0);
