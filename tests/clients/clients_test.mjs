// clients_test.mjs SKURD [--full]: a published snapshot of that program, read by those whom it is for, as a user who may
// not write there: sha256sum, the sqlite3 shell, Python (with pandas where it is), DuckDB on Parquet and CSV, hyparquet,
// and a validator of Data Packages. With --full R and LibreOffice must be there too, and are read with; without, R is
// where it is installed. Every view must be the same for all of them, and so must what the read API sends as Parquet.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const source = path.resolve(here, "../..");
const [program, form] = process.argv.slice(2);
const isFull = form === "--full";
const require = createRequire(import.meta.url);

// Where it was said that all must be there (deploy/test), a client that is not is a failure.
function skip(why) {
  const isRequired = isFull || process.env.SKURD_CLIENTS === "required";
  console.log((isRequired ? "missing: " : "skipped: ") + why);
  process.exit(isRequired ? 1 : 0);
}

let duckdb, Package, hyparquet, compressors, turtle;
try {
  duckdb = require("@duckdb/node-api");
  ({ Package } = require("datapackage"));
  turtle = require("n3");
  hyparquet = await import(pathToFileURL(path.join(here, "node_modules/hyparquet/src/node.js")));
  ({ compressors } = await import(pathToFileURL(path.join(here, "node_modules/hyparquet-compressors/src/index.js"))));
} catch (failure) {
  skip(`packages of npm are not there (npm ci --prefix tests/clients): ${failure.message.split("\n")[0]}`);
}

const failures = [];
let checks = 0;
function check(truth, what) {
  ++checks;
  if (!truth) {
    failures.push(what);
    console.log("FAILED: " + what);
  }
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "skurd-clients-"));
const state = path.join(folder, "state");
const environment = { ...process.env, SKURD_STATE: state, LC_ALL: "C.UTF-8" };
delete environment.SKURD_CONFIG;

function skurd(...args) {
  const done = spawnSync(program, args, { env: environment, encoding: "utf8", cwd: folder, maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`skurd ${args.join(" ")} ended with ${done.status}: ${done.stdout}${done.stderr}`);
  return done.stdout;
}

function has(command) {
  return spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
}

// A program that reads, in a folder that it cannot write to: root would be let in, so it becomes nobody.
function read(command, args, input = "") {
  const who = process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {};
  const done = spawnSync(command, args, { ...who, input, encoding: "utf8", cwd: published, maxBuffer: 1 << 28,
    env: { PATH: process.env.PATH, HOME: "/nonexistent", LC_ALL: "C.UTF-8" } });
  check(done.status === 0, `${command} ${args.join(" ").slice(0, 80)}: ${done.stderr || done.error}`);
  return done.stdout ?? "";
}

const noteText = '=1+1, "quoted" and; with semicolon';

// Both reports that come with the program, and a table with more rows than a row group of Parquet has.
function prepare() {
  const drop = path.join(state, "drop");
  fs.mkdirSync(drop, { recursive: true });
  for (const name of ["statusrapport-1.csv", "statusrapport-3.csv"])
    fs.copyFileSync(path.join(source, "deploy/first-harvest", name), path.join(drop, name));
  fs.mkdirSync(path.join(folder, "schedules"));
  fs.writeFileSync(path.join(folder, "schedules/large.toml"),
    '[job]\nconnector = "drop"\nattribution = "Etaten"\nlicence = "CC BY 4.0"\n[source]\nfiles = "large.csv"\npublished = "2020-01-02"\n' +
    '[layout]\nseparator = ";"\nperiods = \'^\\d{4}$\'\n[[layout.series]]\ncolumn = "nr"\n');
  const years = Array.from({ length: 51 }, (_, year) => 1970 + year);
  const rows = Array.from({ length: 2000 }, (_, row) => `${row};` + years.map((year) => `${row % 7 ? row : -row},${year % 10}`).join(";"));
  fs.writeFileSync(path.join(drop, "large.csv"), `nr;${years.join(";")}\n${rows.join("\n")}\n`);
  for (const name of fs.readdirSync(drop)) fs.utimesSync(path.join(drop, name), new Date(Date.now() - 3.6e6), new Date(Date.now() - 3.6e6));
  fs.writeFileSync(path.join(folder, "skurd.toml"), "");
  environment.SKURD_CONFIG = path.join(folder, "skurd.toml");
  skurd("harvest", "--all");
  skurd("annotate", "drop/status-report", "--period", "2016", "--kind", "note", "--by", "Kari Nordmann",
    "--text", noteText);
}

let published = folder;

// The same numbers by every way that is a table: [rows, sum of values].
const totals = {};

function readWithSqlite(views) {
  if (!has("sqlite3")) skip("sqlite3 is not on this machine");
  const out = read("sqlite3", ["skurd.db"], views.map((view) => `SELECT '${view}', count(*) FROM "${view}";`).join("\n") +
    "\nSELECT 'sum', printf('%.4f', sum(value)) FROM current_observation;\nPRAGMA journal_mode;\n");
  const lines = out.trim().split("\n").map((line) => line.split("|"));
  for (const [name, number] of lines.slice(0, -2)) totals[name] = Number(number);
  totals.sum = Number(lines.at(-2)[1]);
  check(lines.at(-1)[0] === "delete", "the database has no log beside it");
  check(totals.current_observation > 100_000, "more rows than a row group has");
  check(fs.readdirSync(published).every((name) => !name.startsWith("skurd.db-")), "no file came beside the database");
}

function readWithPython() {
  const python = "/usr/bin/python3";
  if (!fs.existsSync(python)) skip("Debian's python3 is not on this machine");
  const hasPandas = spawnSync(python, ["-c", "import pandas"]).status === 0;
  if (!hasPandas) note("pandas is not on this machine (apt-get install python3-pandas)");
  const plain = `
import csv, sqlite3
con = sqlite3.connect("file:skurd.db?mode=ro", uri=True)
print(*con.execute("SELECT count(*), sum(value) FROM current_observation").fetchone())
rows = list(csv.DictReader(open("csv/current_observation.csv", newline="", encoding="utf-8")))
print(len(rows), sum(float(r["value"]) for r in rows if r["value"]))
`;
  const frames = `
import pandas
frame = pandas.read_sql("SELECT * FROM current_observation", con)
print(len(frame), frame.value.sum())
frame = pandas.read_csv("csv/current_observation.csv", parse_dates=["first_day", "published_at"], dtype={"codes": str})
assert str(frame.published_at.dtype) == "datetime64[ns, UTC]", frame.published_at.dtype
print(len(frame), frame.value.sum())
`;
  for (const line of read(python, ["-"], plain + (hasPandas ? frames : "")).trim().split("\n")) sameTotals("Python", line);
}

function sameTotals(who, line) {
  const [rows, sum] = line.trim().split(/\s+/).map(Number);
  check(rows === totals.current_observation && Math.abs(sum - totals.sum) < 1e-3, `${who}: ${line}, not ${totals.current_observation} ${totals.sum}`);
}

function readWithR() {
  if (!has("Rscript")) return isFull ? skip("R is not on this machine (apt-get install r-cran-rsqlite)") : note("R is not on this machine");
  const out = read("Rscript", ["--vanilla", "-"], `
con <- DBI::dbConnect(RSQLite::SQLite(), "skurd.db", flags = RSQLite::SQLITE_RO)
seen <- DBI::dbGetQuery(con, "SELECT * FROM current_observation")
cat(nrow(seen), format(sum(seen$value, na.rm = TRUE), digits = 15), "\\n")
csv <- read.csv("csv/current_observation.csv", na.strings = "", encoding = "UTF-8")
cat(nrow(csv), format(sum(csv$value, na.rm = TRUE), digits = 15), "\\n")
`);
  for (const line of out.trim().split("\n")) sameTotals("R", line);
}

function readWithLibreOffice() {
  if (!isFull) return note("LibreOffice is read with in deploy/test --full alone");
  if (!has("soffice")) skip("LibreOffice is not on this machine (apt-get install libreoffice-calc-nogui)");
  const out = fs.mkdtempSync(path.join(os.tmpdir(), "skurd-office-"));
  const done = spawnSync("soffice", ["--headless", "--convert-to", "ods", "--outdir", out, "--infilter=CSV:44,34,76,1",
    path.join(published, "csv/current_indicator.csv")], { encoding: "utf8", env: { ...process.env, HOME: out } });
  const back = spawnSync("soffice", ["--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", out,
    path.join(out, "current_indicator.ods")], { encoding: "utf8", env: { ...process.env, HOME: out } });
  check(done.status === 0 && back.status === 0, `LibreOffice: ${done.stderr} ${back.stderr}`);
  const rows = fs.existsSync(path.join(out, "current_indicator.csv"))
    ? fs.readFileSync(path.join(out, "current_indicator.csv"), "utf8").trim().split("\n").length - 1 : 0;
  check(rows === totals.current_indicator, `LibreOffice: ${rows} indicators, not ${totals.current_indicator}`);
  fs.rmSync(out, { recursive: true });
}

const duckTypes = { integer: "BIGINT", number: "DOUBLE", string: "VARCHAR", date: "DATE", datetime: "TIMESTAMP WITH TIME ZONE" };

// Parquet and CSV hold the same rows, with the types that the description gives them.
async function readWithDuckDb(tables) {
  const connection = await (await duckdb.DuckDBInstance.create()).connect();
  await connection.run("SET TimeZone = 'UTC'");
  const ask = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();
  for (const { name, csv, fields } of tables) {
    const parquet = path.join(published, "parquet", name + ".parquet");
    const types = await ask(`DESCRIBE SELECT * FROM read_parquet('${parquet}')`);
    check(JSON.stringify(types.map((row) => [row[0], row[1]])) === JSON.stringify(fields.map((field) => [field.name, duckTypes[field.type]])),
      `DuckDB: types of ${name}.parquet: ${JSON.stringify(types)}`);
    const columns = fields.map((field) => `'${field.name}': '${duckTypes[field.type]}'`).join(", ");
    const texts = fields.map((field) => (field.type === "string" ? `nullif("${field.name}", '') AS "${field.name}"` : `"${field.name}"`)).join(", ");
    const a = `SELECT ${texts} FROM read_parquet('${parquet}')`;
    const b = `SELECT * FROM read_csv('${path.join(published, csv)}', columns = {${columns}}, header = true, delim = ',', quote = '"', escape = '"', auto_detect = false)`;
    const [[rows, differ]] = await ask(`SELECT (SELECT count(*) FROM (${a})), (SELECT count(*) FROM ((${a} EXCEPT ALL ${b}) UNION ALL (${b} EXCEPT ALL ${a})))`);
    check(Number(rows) === totals[name], `DuckDB: ${name} has ${rows} rows, not ${totals[name]}`);
    check(Number(differ) === 0, `DuckDB: ${differ} rows of ${name} differ between Parquet and CSV`);
  }
  const [[sum]] = await ask(`SELECT sum(value) FROM read_parquet('${path.join(published, "parquet/current_observation.parquet")}')`);
  check(Math.abs(sum - totals.sum) < 1e-3, `DuckDB: the sum is ${sum}, not ${totals.sum}`);
  connection.closeSync?.();
}

const large = 10_000; // rows, more of which libraries in JavaScript are not asked to read whole

async function readWithHyparquet(tables) {
  for (const { name, fields } of tables) {
    const file = await hyparquet.asyncBufferFromFile(path.join(published, "parquet", name + ".parquet"));
    const metadata = await hyparquet.parquetMetadataAsync(file);
    check(Number(metadata.num_rows) === totals[name], `hyparquet: ${name} has ${metadata.num_rows} rows, not ${totals[name]}`);
    const isLarge = totals[name] > large; // then what is around the end of a row group is enough
    const rows = await hyparquet.parquetReadObjects({ file, compressors, ...(isLarge ? { rowStart: 99_990, rowEnd: 100_010 } : {}) });
    check(rows.length === (isLarge ? 20 : totals[name]), `hyparquet: ${name} gives ${rows.length} rows`);
    if (rows.length) check(JSON.stringify(Object.keys(rows[0])) === JSON.stringify(fields.map((field) => field.name)), `hyparquet: columns of ${name}`);
    if (name === "current_observation") {
      const values = await hyparquet.parquetReadObjects({ file, compressors, columns: ["value"] });
      const sum = values.reduce((all, row) => all + (row.value ?? 0), 0);
      check(Math.abs(sum - totals.sum) < 1e-3, `hyparquet: the sum is ${sum}, not ${totals.sum}`);
    }
    if (name === "observation_note") check(rows[0].text === noteText, `hyparquet: ${rows[0].text}`);
  }
}

// skurd over the snapshot, as on a web host; its address and how to end it.
async function serve() {
  const server = spawn(program, ["serve", "--read-only", path.join(published, "skurd.db"), "--listen", "127.0.0.1:0"],
    { env: environment, cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  let log = "";
  const address = await new Promise((resolve, reject) => {
    server.stderr.on("data", (chunk) => {
      log += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(log);
      if (found && log.includes("serving")) resolve(found[0]);
    });
    ended.then(() => reject(new Error(`skurd serve ended: ${log}`)));
  });
  return { address, end: () => (server.kill(), ended) };
}

// Parquet as the read API sends it holds what its NDJSON does: hyparquet on the bytes that came, DuckDB on them as a file.
async function readParquetOverHttp() {
  const { address, end } = await serve();
  const connection = await (await duckdb.DuckDBInstance.create()).connect();
  try {
    for (const [route, query] of [["data", "selector=drop/large"], ["history", "selector=drop/status-report"], ["data", "selector=drop/status-report&as_of=2020-01-01"]]) {
      const ask = (format) => fetch(`${address}/api/v1/${route}?${query}&format=${format}`);
      const answer = await ask("parquet");
      check(answer.status === 200 && answer.headers.get("content-type") === "application/vnd.apache.parquet", `${route}: ${answer.status} ${answer.headers.get("content-type")}`);
      const bytes = await answer.arrayBuffer();
      const lines = (await (await ask("ndjson")).text()).trim().split("\n").map((line) => JSON.parse(line));
      const expected = lines.map((line) => line.value).reduce((all, value) => all + Number(value ?? 0), 0);
      const values = await hyparquet.parquetReadObjects({ file: bytes, compressors, columns: ["value"] });
      const sum = values.reduce((all, row) => all + (row.value ?? 0), 0);
      check(lines.length > 0 && values.length === lines.length && Math.abs(sum - expected) < 1e-3,
        `hyparquet: ${route} of ${query} has ${values.length} rows of ${sum}, not ${lines.length} of ${expected}`);
      const file = path.join(folder, "answer.parquet");
      fs.writeFileSync(file, Buffer.from(bytes));
      const [[rows, total]] = (await connection.runAndReadAll(`SELECT count(*), sum(value) FROM read_parquet('${file}')`)).getRows();
      check(Number(rows) === lines.length && Math.abs(total - expected) < 1e-3, `DuckDB: ${route} of ${query} has ${rows} rows of ${total}`);
    }
  } finally {
    connection.closeSync?.();
    await end();
  }
}

// The ten questions of the analyst's page, each as it stands there.
const questions = [...fs.readFileSync(path.join(source, "schema/analyst.md"), "utf8").matchAll(/```sql\n([^]*?)```/g)].map((found) => found[1].trim());

async function answerQuestions(tables) {
  check(questions.length === 10, `the analyst's page has ${questions.length} questions`);
  const connection = await (await duckdb.DuckDBInstance.create()).connect();
  await connection.run("SET TimeZone = 'UTC'");
  for (const { name } of tables.filter((table) => table.csv !== "changes.csv"))
    await connection.run(`CREATE VIEW "${name}" AS FROM read_parquet('${path.join(published, "parquet", name + ".parquet")}')`);
  const byPython = read("/usr/bin/python3", ["-c", `
import json, sqlite3, sys
con = sqlite3.connect("file:skurd.db?mode=ro", uri=True)
for question in json.load(sys.stdin): print(len(con.execute(question).fetchall()))
`], JSON.stringify(questions)).trim().split("\n").map(Number);
  const byR = has("Rscript") ? read("Rscript", ["--vanilla", "-"], 'con <- DBI::dbConnect(RSQLite::SQLite(), "skurd.db", flags = RSQLite::SQLITE_RO)\n' +
    questions.map((question) => `cat(nrow(DBI::dbGetQuery(con, ${JSON.stringify(question)})), "\\n")`).join("\n") + "\n").trim().split("\n").map(Number) : null;
  for (const [at, question] of questions.entries()) {
    const rows = JSON.parse(read("sqlite3", ["-readonly", "-json", "skurd.db"], question) || "[]");
    const duck = (await connection.runAndReadAll(question)).getRowObjectsJson();
    check(rows.length > 0, `question ${at + 1} has no answer`);
    check(duck.length === rows.length && byPython[at] === rows.length && (!byR || byR[at] === rows.length),
      `question ${at + 1}: ${rows.length} rows in sqlite3, ${byPython[at]} in Python, ${byR?.[at]} in R, ${duck.length} in DuckDB`);
    const sums = [rows, duck].map((all) => all.reduce((sum, row) => sum + Number(row.value ?? row.new ?? row.newest ?? row.indicators ?? row.cells ?? 0), 0));
    check(Math.abs(sums[0] - sums[1]) < 1e-3, `question ${at + 1}: ${sums[0]} in sqlite3, ${sums[1]} in DuckDB`);
  }
  connection.closeSync?.();
}

async function validate(descriptor) {
  const whole = await Package.load(descriptor, { basePath: published });
  check(whole.valid, `datapackage.json: ${whole.errors.map((error) => error.message).join("; ")}`);
  for (const resource of whole.resources.filter((one) => one.tabular)) {
    if (!resource.valid) check(false, `${resource.name}: ${resource.errors}`);
    try {
      const rows = await resource.read({ keyed: false, limit: large / 10 });
      check(resource.name === "changes" || rows.length === Math.min(totals[resource.name], large / 10), `${resource.name}: ${rows.length} rows`);
    } catch (failure) {
      check(false, `${resource.name}: ${failure.message} ${(failure.errors ?? []).slice(0, 3).map((one) => one.message).join("; ")}`);
    }
  }
  // What it must find.
  const broken = await Package.load({ ...descriptor, resources: [{ name: "Not a name!", path: "x.csv" }] });
  check(!broken.valid, "the validator finds nothing in a wrong description");
}

// No validator of CSVW is in npm or Debian: its tables and columns are held against the files.
function checkCsvw(tables) {
  const metadata = JSON.parse(fs.readFileSync(path.join(published, "csv/csv-metadata.json"), "utf8"));
  check(metadata["@context"] === "http://www.w3.org/ns/csvw", "the context of CSVW");
  check(metadata.tables.length === tables.length, "CSVW has every table");
  for (const table of metadata.tables) {
    const head = fs.readFileSync(path.join(published, "csv", decodeURIComponent(table.url)), "utf8").split("\n", 1)[0];
    check(head === table.tableSchema.columns.map((column) => column.titles).join(","), `CSVW: columns of ${table.url}`);
  }
}

// No validator of DCAT-AP-NO's shapes is in npm or Debian: that it is Turtle, and what it says of whom, is checked.
function checkDcat(descriptor) {
  const text = fs.readFileSync(path.join(published, "dcat.ttl"), "utf8");
  const quads = new turtle.Parser({ baseIRI: "https://example.org/skurd/dcat.ttl" }).parse(text);
  const of = (kind) => quads.filter((quad) => quad.predicate.value.endsWith("#type") && quad.object.value === "http://www.w3.org/ns/dcat#" + kind).map((quad) => quad.subject.value);
  check(of("Dataset").length === descriptor.skurd.datasets.length, `DCAT: ${of("Dataset").length} datasets`);
  check(of("Distribution").length === 2 * descriptor.skurd.datasets.length, `DCAT: ${of("Distribution").length} distributions`);
  for (const each of of("Distribution"))
    check(fs.existsSync(path.join(published, decodeURIComponent(new URL(each).pathname).replace("/skurd/", ""))), `DCAT: ${each} is a file`);
}

const notes = [];
function note(text) {
  notes.push(text);
  console.log("note: " + text);
}

try {
  prepare();
  skurd("publish");
  published = fs.realpathSync(path.join(state, "published/latest"));
  for (const each of [folder, state, path.join(state, "published")]) fs.chmodSync(each, 0o755);
  for (const each of [published, path.join(published, "csv"), path.join(published, "parquet")]) fs.chmodSync(each, 0o555);
  const descriptor = JSON.parse(fs.readFileSync(path.join(published, "datapackage.json"), "utf8"));
  const tables = descriptor.resources.filter((one) => one.path.startsWith("csv/"))
    .map((one) => ({ name: path.basename(one.path, ".csv"), csv: one.path, fields: one.schema.fields }));
  check(tables.length > 20, "a table for each view");
  read("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"]);
  readWithSqlite(tables.map((table) => table.name));
  readWithPython();
  readWithR();
  await readWithDuckDb(tables);
  await readWithHyparquet(tables);
  await readParquetOverHttp();
  await answerQuestions(tables);
  await validate(descriptor);
  checkCsvw(tables);
  checkDcat(descriptor);
  readWithLibreOffice();
  skurd("verify", path.join(published, "skurd.db"), "--head", descriptor.skurd.content_head);
  check(JSON.parse(skurd("--state", path.join(published, "skurd.db"), "get", "9", "--json")).length > 0, "skurd reads its snapshot");
} finally {
  for (const each of [published, path.join(published, "csv"), path.join(published, "parquet")]) if (fs.existsSync(each)) fs.chmodSync(each, 0o755);
  fs.rmSync(folder, { recursive: true, force: true });
}
console.log(`${checks} checks, ${failures.length} failed; ${notes.length} notes`);
process.exit(failures.length ? 1 : 0);
