import { readFileSync, readdirSync } from 'node:fs';

/**
 * CPU time and memory of processes, from /proc. The kernel counts in ticks of 10 ms, which is fine over seconds of load and means nothing
 * over single requests.
 */
const TICK_MS = 10;

interface Stat {
  parent: number;
  /** User and system time, that of ended children included. */
  cpuMs: number;
}

function stat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program may hold blanks and brackets; the fields follow its last bracket.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = fields.slice(11, 15);
    return { parent: fields[1] ?? 0, cpuMs: (user + system + childrenUser + childrenSystem) * TICK_MS };
  } catch {
    return null;
  }
}

/** The processes and all their descendants, as they are now. */
export function trees(roots: readonly number[]): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const pid = Number(name);
    const parent = stat(pid)?.parent;
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(pid);
    else children.set(parent, [pid]);
  }
  const found = new Set(roots);
  for (const pid of found) for (const child of children.get(pid) ?? []) found.add(child);
  return [...found];
}

/** User and system time of whole process trees since they began, in ms. */
export const cpuMs = (roots: readonly number[]): number =>
  trees(roots).reduce((sum, pid) => sum + (stat(pid)?.cpuMs ?? 0), 0);

/** Memory of whole process trees in MB, proportional (PSS): pages that several share count once. */
export function memoryMb(roots: readonly number[]): number {
  let kb = 0;
  for (const pid of trees(roots)) {
    try {
      kb += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It has ended meanwhile.
    }
  }
  return kb / 1024;
}

/** The most that each process of the trees has ever had in memory (VmHWM), together, in MB. */
export function peakMb(roots: readonly number[]): number {
  let kb = 0;
  for (const pid of trees(roots)) {
    try {
      kb += Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It has ended meanwhile.
    }
  }
  return kb / 1024;
}

/** The postmaster whose files lie in a data folder. */
export const postmasterOf = (dataFolder: string): number =>
  Number(readFileSync(`${dataFolder}/postgres/data/postmaster.pid`, 'utf8').split('\n')[0]);
