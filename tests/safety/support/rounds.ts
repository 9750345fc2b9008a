import { randomInt } from 'node:crypto'

/** How often a test tries: `--rounds` of `npm run test:safety`, else the floor of `npm test`. */
export function rounds(floor: number): number {
  return Number(process.env['ROUNDS'] ?? floor)
}

/** Where all randomness of a test file comes from. SEED repeats a run. */
export const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))

/** One line a test: what it did. */
export function note(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** One line a test: what it did by chance, and how to do it again. */
export function report(line: string): void {
  note(`${line} (SEED=${seed})`)
}
