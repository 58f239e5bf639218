const EPSILON = 1e-9;

/** Whether a figure is a combination of others: all that additions and subtractions of what is shown can come to. */
export function isCombination(target: number[], of: number[][]): boolean {
  const rows = of.map((row) => [...row]);
  let rest = [...target];
  for (let column = 0; column < target.length; column++) {
    const at = rows.findIndex((row) => Math.abs(row[column] as number) > EPSILON);
    if (at === -1) continue;
    const [pivot] = rows.splice(at, 1) as [number[]];
    const without = (row: number[]): number[] => {
      const factor = (row[column] as number) / (pivot[column] as number);
      return row.map((value, i) => value - factor * (pivot[i] as number));
    };
    rows.splice(0, rows.length, ...rows.map(without));
    rest = without(rest);
  }
  return rest.every((value) => Math.abs(value) < EPSILON);
}
