// CPU and memory of a process, from /proc (proc(5)): schedstat of all threads in nanoseconds, VmRSS in KiB.
import { readdirSync, readFileSync } from "node:fs";

/** CPU seconds of the threads that live now, plus the process's own count of ended ones (clock ticks, 10 ms each). */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
  const ticks = (Number(fields[11]) + Number(fields[12])) / 100;
  let fine = 0;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    try {
      fine += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]) / 1e9;
    } catch {
      // the thread ended meanwhile
    }
  }
  return Math.max(fine, ticks - 0.05);
}

export function rssKib(pid) {
  return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
}
