// What someone at home in DuckDB would write. Usage: load_duckdb.mjs FILE DATABASE
// Into SQLite where DuckDB's sqlite extension is installed (it comes from extensions.duckdb.org, not from npm), else
// into a DuckDB file.
import { createRequire } from "node:module";

const require = createRequire(process.env.NODE_MODULES + "/");
let duckdb;
try {
    duckdb = require("@duckdb/node-api");
} catch {
    process.exit(77);
}
const [file, database] = process.argv.slice(2);
const connection = await (await duckdb.DuckDBInstance.create(":memory:")).connect();

let into = "SQLite";
try {
    await connection.run("LOAD sqlite");
    await connection.run(`ATTACH '${database}' AS target (TYPE sqlite)`);
} catch {
    into = "a DuckDB file";
    await connection.run(`ATTACH '${database}' AS target`);
}
await connection.run(`
    CREATE TEMP TABLE payload AS SELECT * FROM read_json('${file}', maximum_object_size = 1000000000, columns = {
        size: 'BIGINT[]', value: 'DOUBLE[]', status: 'MAP(BIGINT, VARCHAR)',
        dimension: 'STRUCT(
            Region STRUCT(category STRUCT("index" MAP(VARCHAR, BIGINT))),
            ContentsCode STRUCT(category STRUCT("index" MAP(VARCHAR, BIGINT))),
            Alder STRUCT(category STRUCT("index" MAP(VARCHAR, BIGINT))),
            Tid STRUCT(category STRUCT("index" MAP(VARCHAR, BIGINT))))'})`);
const codes = (name) => `(SELECT unnest(map_keys(dimension.${name}.category.index)) AS code,
    unnest(map_values(dimension.${name}.category.index)) AS position FROM payload)`;
await connection.run(`
    CREATE TABLE target.observation AS
    SELECT region.code AS region, contents.code AS contents, age.code AS age, year.code AS year, cell.value AS value,
        status.symbol AS status
    FROM (SELECT unnest(value) AS value, generate_subscripts(value, 1) - 1 AS at, size FROM payload) AS cell
    JOIN ${codes("Region")} AS region ON region.position = cell.at // (size[4] * size[3] * size[2])
    JOIN ${codes("ContentsCode")} AS contents ON contents.position = cell.at // (size[4] * size[3]) % size[2]
    JOIN ${codes("Alder")} AS age ON age.position = cell.at // size[4] % size[3]
    JOIN ${codes("Tid")} AS year ON year.position = cell.at % size[4]
    LEFT JOIN (SELECT unnest(map_keys(status)) AS at, unnest(map_values(status)) AS symbol FROM payload) AS status
        ON status.at = cell.at`);
const answer = await connection.runAndReadAll(
    "SELECT (SELECT count(*) FROM target.observation), version()");
const [rows, version] = answer.getRows()[0];
await connection.run("DETACH target");
console.log(`${rows} rows with DuckDB ${version}, into ${into}`);
