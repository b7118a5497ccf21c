/** "1 cohort", "3 cohorts", "2 competencies". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
