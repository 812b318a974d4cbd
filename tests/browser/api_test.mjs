// api_test.mjs SKURD: the read API as clients of others see it. The OpenAPI document that the program serves is held
// against the specification by a validator of somebody else's, and every path in it is asked as it says; what is
// streamed is read whole by node's own client, as gzip too; R reads SDMX with rsdmx where that is on the machine.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const program = path.resolve(process.argv[2]);

let Validator;
try {
  ({ Validator } = await import("@seriousme/openapi-schema-validator"));
} catch {
  console.log("skipped: @seriousme/openapi-schema-validator is not there (npm ci --prefix tests/browser)");
  process.exit(0);
}

const failures = [];
function check(truth, what) {
  if (!truth) {
    failures.push(what);
    console.log("FAILED: " + what);
  }
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "skurd-api-"));
const state = path.join(folder, "state");
const environment = { ...process.env, SKURD_STATE: state, LC_ALL: "C" };
delete environment.SKURD_CONFIG;

function skurd(...args) {
  const done = spawnSync(program, args, { env: environment, encoding: "utf8", cwd: folder });
  if (done.status !== 0) throw new Error(`skurd ${args.join(" ")} ended with ${done.status}: ${done.stdout}${done.stderr}`);
}

// Both reports that come with the program, as a backup.
function prepare() {
  fs.mkdirSync(path.join(state, "drop"), { recursive: true });
  for (const name of ["statusrapport-1.csv", "statusrapport-3.csv"]) {
    const file = path.join(state, "drop", name);
    fs.copyFileSync(path.join(source, "deploy/first-harvest", name), file);
    fs.utimesSync(file, new Date(Date.now() - 3.6e6), new Date(Date.now() - 3.6e6));
  }
  skurd("harvest", "--all");
  skurd("backup", path.join(folder, "copy.db"));
}

// The server, and the address that it tells.
function serve() {
  const server = spawn(program, ["serve", "--read-only", path.join(folder, "copy.db"), "--listen", "127.0.0.1:0"],
    { env: environment, stdio: ["ignore", "ignore", "pipe"], cwd: folder });
  return new Promise((resolve, reject) => {
    let log = "";
    server.stderr.on("data", (bytes) => {
      log += bytes;
      const found = log.match(/HTTP on (http:\/\/[0-9.:]+)/);
      if (found && log.includes("serving")) resolve({ server, address: found[1] });
    });
    server.on("exit", () => reject(new Error("the server ended: " + log)));
  });
}

async function checkDocument(address) {
  const document = await (await fetch(address + "/api/v1/openapi.json")).json();
  const result = await new Validator().validate(structuredClone(document));
  check(result.valid, "the OpenAPI document is not valid: " + JSON.stringify(result.errors));
  check(document.openapi.startsWith("3.1"), "it is not of OpenAPI 3.1");
  for (const [route, { get }] of Object.entries(document.paths)) {
    if (!get || route.includes("{")) continue;
    const answer = await fetch(address + route);
    check(answer.status < 500, `GET ${route} answers ${answer.status}`);
    const head = await fetch(address + route, { method: "HEAD" });
    check(head.status === answer.status, `HEAD ${route} answers ${head.status}, and GET ${answer.status}`);
    const unknown = await fetch(address + route + "?unknown=1");
    check(unknown.status === 400, `${route} takes a parameter that it does not have`);
  }
  return Object.keys(document.paths).length;
}

async function checkStreams(address) {
  const route = address + "/api/v1/data?selector=drop/status-report&format=ndjson";
  const plain = await (await fetch(route, { headers: { "accept-encoding": "identity" } })).text();
  const packed = await fetch(route, { headers: { "accept-encoding": "gzip" } });
  check(packed.headers.get("content-encoding") === "gzip", "gzip is not given");
  check((await packed.text()) === plain, "gzip holds something else");
  check(plain.trim().split("\n").every((line) => JSON.parse(line).dataset === "drop/status-report"), "NDJSON is none");
}

// Debian's r-cran-rsdmx, where it is.
function checkRsdmx(address) {
  const script = `library(rsdmx)
    data <- as.data.frame(readSDMX("${address}/sdmx/data/drop_status-report"))
    stopifnot(nrow(data) > 100, "obsTime" %in% names(data), "obsValue" %in% names(data))
    structure <- readSDMX("${address}/sdmx/datastructure/SKURD/drop_status-report")
    stopifnot(is(structure, "SDMXDataStructureDefinition"))
    cat(nrow(data))`;
  const done = spawnSync("Rscript", ["-e", script], { encoding: "utf8" });
  if (done.error) return "R is not on this machine";
  if (/there is no package called/.test(done.stderr)) return "rsdmx is not on this machine";
  check(done.status === 0, "rsdmx: " + done.stderr);
  return done.stdout + " observations read by rsdmx";
}

let server;
try {
  prepare();
  const served = await serve();
  server = served.server;
  server.removeAllListeners("exit");
  const paths = await checkDocument(served.address);
  await checkStreams(served.address);
  console.log(`${paths} paths; ${checkRsdmx(served.address)}`);
} finally {
  server?.kill();
  fs.rmSync(folder, { recursive: true, force: true });
}
process.exit(failures.length > 0 ? 1 : 0);
