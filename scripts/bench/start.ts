import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Measurement, Row } from './measurement'

const ROUNDS = 7

export const start: Measurement = {
  title: 'Start of `npm start`, until the shop can be used',
  columns: [{ title: 'time', kind: 'ratio' }],
  measure: (root) => measureStart(root),
}

/**
 * Measures how long `npm start` takes until it prints the phone's address, as a multiple of the time
 * that the simulator takes without the phone. The fastest of each counts: other programs can only
 * make a start slower.
 */
export async function measureStart(root: string, rounds = ROUNDS): Promise<Row[]> {
  const data = mkdtempSync(path.join(tmpdir(), 'start-'))
  const withPhone = () =>
    timeUntil(root, /^http:/m, 'scripts/start.ts', '--port', '0', '--data', data)
  const without = () => timeUntil(root, /^ready$/m, 'scripts/bench/backend-alone.ts', data)
  try {
    // The first start makes the merchant's certificates
    await without()
    const times: [number, number][] = []
    for (let round = 0; round < rounds; round++) times.push([await withPhone(), await without()])
    const fastest = (n: 0 | 1) => Math.min(...times.map((pair) => pair[n]))
    return [{ what: 'against the simulator without the phone', values: [fastest(0) / fastest(1)] }]
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

/**
 * Returns how long (ms) a program takes until it prints a line, and stops it.
 * @throws Error with its output if it ends before
 */
async function timeUntil(root: string, line: RegExp, ...args: string[]): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, ['scripts/run.cjs', ...args], { cwd: root })
  const ended = new Promise((resolve) => child.once('close', resolve))
  let output = ''
  const printed = new Promise<number>((resolve) => {
    const read = (chunk: Buffer) => {
      output += String(chunk)
      if (line.test(output)) resolve(performance.now() - started)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
  })
  const ms = await Promise.race([printed, ended.then(() => undefined)])
  if (ms === undefined) throw new Error(`${args[0]} ended: ${output}`)
  child.kill('SIGINT')
  await ended
  return ms
}
