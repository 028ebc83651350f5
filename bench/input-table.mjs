// Reads rows of input-probe.py and prints a table: medians of the starts, the greatest maximum, and ratios to the plain program.
import { readFileSync } from "node:fs";

const rows = readFileSync(0, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const median = (values) => values.sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
const print = (cells) => console.log(`| ${cells.join(" | ")} |`);
const of = (what, kind) => rows.filter((row) => row.what === what && row.kind === kind);
const head = ["message", "events/s", "who", "starts", "p50 ms", "p99 ms", "p99.9 ms", "max ms", "merged", "of", "probe queued", "p50 x", "p99 x"];
print(head);
print(head.map(() => "---"));
for (const kind of [...new Set(rows.map((row) => row.kind))]) {
  const figure = (what, name) => median(of(what, kind).map((row) => row[name]));
  for (const what of ["peer", "product"]) {
    const runs = of(what, kind);
    const ratio = (name) => (what === "product" ? (figure(what, name) / figure("peer", name)).toFixed(2) : "");
    print([kind, runs[0].rate, what === "peer" ? "plain program" : "catseye", runs.length, ...["p50", "p99", "p999"].map((name) => figure(what, name).toFixed(3)),
      Math.max(...runs.map((row) => row.max)).toFixed(2), runs.reduce((sum, row) => sum + row.merged, 0),
      runs.reduce((sum, row) => sum + row.events + row.merged, 0), `${(figure(what, "queued") * 100).toFixed(1)} %`, ratio("p50"), ratio("p99")]);
  }
}
