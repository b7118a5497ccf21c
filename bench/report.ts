import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** Prints the figures of one benchmark as a table and keeps them as JSON in bench/results/. */
export function reportBench(name: string, figures: Record<string, number | string>): void {
  const machine = { node: process.version, cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30) };
  mkdirSync('bench/results', { recursive: true });
  writeFileSync(`bench/results/${name}.json`, `${JSON.stringify({ name, machine, figures }, null, 2)}\n`);
  const width = Math.max(...Object.keys(figures).map((figure) => figure.length));
  console.log(`\n${name} (Node ${machine.node}, ${machine.cores} cores)`);
  for (const [figure, value] of Object.entries(figures)) console.log(`  ${figure.padEnd(width)}  ${value}`);
}
