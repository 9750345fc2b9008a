import { randomInt } from 'node:crypto'

/** Whether this is `npm run test:safety`, which runs everything. `npm test` runs a sample of it. */
export const isFullRun = process.env['SAFETY'] === 'full'

/**
 * Returns how often a test repeats.
 * @param full in `npm run test:safety`, unless its option `--rounds` says something else
 * @param sample in `npm test`
 */
export function rounds(full: number, sample: number): number {
  return Number(process.env['ROUNDS'] ?? (isFullRun ? full : sample))
}

/** The seed of all randomness in a test file. `npm run test:safety -- --seed S` repeats a run. */
export const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))

/** Prints one line about a test. */
export function note(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Prints one line about a random test, with the seed that repeats it. */
export function report(line: string): void {
  note(`${line} (--seed ${seed})`)
}
