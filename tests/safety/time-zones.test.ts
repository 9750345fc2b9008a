import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

const ROOT = path.resolve(__dirname, '../..')

/** Returns the times and orders of a shop in a process with the time zone `TZ`. */
async function runIn(TZ: string): Promise<any> {
  const program = path.join('tests', 'safety', 'workload', 'time-zone-program.ts')
  const args = [path.join('scripts', 'run.cjs'), program]
  const env = { ...process.env, TZ }
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env })
  return JSON.parse(stdout)
}

let [utc, newYork]: any[] = []
beforeAll(async () => {
  ;[utc, newYork] = await Promise.all([runIn('UTC'), runIn('America/New_York')])
}, 30_000)

test('the two processes have different time zones', () => {
  expect([utc.zone.january, newYork.zone.january]).toEqual([
    '2026-01-01T00:00:00.000Z',
    '2026-01-01T05:00:00.000Z',
  ])
})

test('both show Beijing time', () => {
  expect(utc.times[0]).toEqual({ shown: '2026-01-01 23:59:59', sent: '20260101235959', read: true })
  expect(utc.times.every(({ read }: any) => read)).toBe(true)
  expect(newYork.times).toEqual(utc.times)
})

test('both store the same orders', () => {
  expect(utc.orders).toMatchObject([
    { status: 4, request: { time_start: '20260101120000', time_expire: '20260101123000' } },
    { status: 2 },
  ])
  expect(utc.orders[0].paid_at).toBe(utc.orders[0].created_at + 60_000)
  expect(newYork.orders).toEqual(utc.orders)
})
