import { randomInt } from 'node:crypto'

/** Returns how often a test repeats: `--rounds` of `npm run test:safety`, or the default of `npm test`. */
export function rounds(usual: number): number {
  return Number(process.env['ROUNDS'] ?? usual)
}

/** The seed of all randomness in a test file. The variable SEED repeats a run. */
export const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))

/** Prints one line about a test. */
export function note(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Prints one line about a random test, with the seed that repeats it. */
export function report(line: string): void {
  note(`${line} (SEED=${seed})`)
}
