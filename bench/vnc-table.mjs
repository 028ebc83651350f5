// Reads the rows of vnc-probe.mjs and prints tables with ratios, Catseye / noVNC.
import { readFileSync } from "node:fs";

const rows = readFileSync(0, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const at = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const of = (name) => rows.filter((row) => row.name === name);
const kinds = Object.keys(rows[0].latency);
const print = (...cells) => console.log(`| ${cells.join(" | ")} |`);

print("change", "Catseye p50 ms", "p90", "noVNC p50 ms", "p90", "p50 x", "p90 x", "changes each", "not seen");
print(...Array(9).fill("---"));
for (const kind of kinds) {
  const all = (name) => of(name).flatMap((row) => row.latency[kind].map((value) => value ?? NaN));
  const [mine, other] = ["catseye", "novnc"].map((name) => all(name).filter((value) => !Number.isNaN(value)));
  const lost = [all("catseye").length - mine.length, all("novnc").length - other.length].join(", ");
  print(kind, at(mine, 0.5).toFixed(1), at(mine, 0.9).toFixed(1), at(other, 0.5).toFixed(1), at(other, 0.9).toFixed(1),
    (at(mine, 0.5) / at(other, 0.5)).toFixed(2), (at(mine, 0.9) / at(other, 0.9)).toFixed(2), mine.length, lost);
}
console.log();
print("film", "who", "changes", "shown", "proxy CPU s/1,000", "VNC server", "browser", "sum", "sum x");
print(...Array(9).fill("---"));
for (const kind of kinds) {
  const sums = {};
  for (const name of ["novnc", "catseye"]) {
    const films = of(name).map((row) => row.film[kind]);
    const total = (pick) => films.reduce((sum, film) => sum + pick(film), 0);
    const per = (pick) => (1000 * total(pick)) / total((film) => film.shown);
    sums[name] = per((film) => film.chain + film.server + film.browser);
    print(kind, name, total((film) => film.count), total((film) => film.shown), per((film) => film.chain).toFixed(2), per((film) => film.server).toFixed(2),
      per((film) => film.browser).toFixed(2), sums[name].toFixed(2), name === "catseye" ? (sums.catseye / sums.novnc).toFixed(2) : "");
  }
}
