// What someone at home in JavaScript would write: jsonstat-toolkit and better-sqlite3.
// Usage: load_jsonstat_toolkit.mjs FILE DATABASE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.env.NODE_MODULES + "/");
let jsonstat, Database;
try {
    jsonstat = require("jsonstat-toolkit");
    Database = require("better-sqlite3");
} catch {
    process.exit(77);
}
const [file, path] = process.argv.slice(2);
const dataset = (jsonstat.default ?? jsonstat)(JSON.parse(readFileSync(file, "utf8"))).Dataset(0);
const rows = dataset.toTable({ type: "arrobj", content: "id", status: true });
const columns = [...dataset.id, "value", "status"];

const database = new Database(path);
database.exec(`CREATE TABLE observation (${columns.join(", ")})`);
const insert = database.prepare(`INSERT INTO observation VALUES (${columns.map(() => "?").join(", ")})`);
database.transaction(() => {
    for (const row of rows)
        insert.run(columns.map((column) => row[column] ?? null));
})();
const { count } = database.prepare("SELECT count(*) AS count FROM observation").get();
console.log(`${count} rows with jsonstat-toolkit ${require("jsonstat-toolkit/package.json").version}`);
