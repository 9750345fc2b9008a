import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

const root = path.resolve(__dirname, '../..')

/** What the shop does and writes where the process has the time zone `TZ`. */
async function storyIn(TZ: string): Promise<any> {
  const program = path.join('tests', 'safety', 'time-zones', 'story.ts')
  const args = [path.join('scripts', 'run.mjs'), program]
  const env = { ...process.env, TZ }
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env })
  return JSON.parse(stdout)
}

let [utc, newYork]: any[] = []
beforeAll(async () => {
  ;[utc, newYork] = await Promise.all([storyIn('UTC'), storyIn('America/New_York')])
}, 30_000)

test('the two processes did have two time zones', () => {
  expect([utc.zone.january, newYork.zone.january]).toEqual([
    '2026-01-01T00:00:00.000Z',
    '2026-01-01T05:00:00.000Z',
  ])
})

test('times are Beijing’s, in either', () => {
  expect(utc.times[0]).toEqual({ shown: '2026-01-01 23:59:59', sent: '20260101235959', read: true })
  expect(utc.times.every(({ read }: any) => read)).toBe(true)
  expect(newYork.times).toEqual(utc.times)
})

test('a whole story leaves the same orders, in either', () => {
  expect(utc.orders).toMatchObject([
    { status: 4, request: { time_start: '20260101120000', time_expire: '20260101123000' } },
    { status: 2 },
  ])
  expect(utc.orders[0].paid_at).toBe(utc.orders[0].created_at + 60_000)
  expect(newYork.orders).toEqual(utc.orders)
})
