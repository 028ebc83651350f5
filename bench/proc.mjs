// CPU and memory of a process.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

// The process's CPU clock (clock_getcpuclockid(3); CPUCLOCK_SCHED of linux/posix-timers.h): nanoseconds, ended threads included, which
// /proc has in ticks of 10 ms only.
const CLOCK = "import sys, time; print(time.clock_gettime(~int(sys.argv[1]) << 3 | 2))";

/** Does not hold up who measures frames meanwhile. */
export async function cpuSeconds(pid) {
  return Number((await promisify(execFile)("python3", ["-c", CLOCK, String(pid)])).stdout);
}

/** VmRSS of proc(5). */
export function rssKib(pid) {
  return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
}
