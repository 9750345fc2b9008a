import { spawn, type ChildProcess } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

let data: string
const running = new Set<Started>()

beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'start-test-'))
})
afterEach(async () => {
  await Promise.all([...running].map(({ child, ended }) => (child.kill('SIGTERM'), ended)))
  rmSync(data, { recursive: true, force: true })
})

interface Started {
  child: ChildProcess
  /** all that was printed so far */
  output(): string
  /** the address, once it is printed */
  address: Promise<string>
  /** the exit code, once it has ended */
  ended: Promise<number | null>
}

/** What `npm start` runs, with its state in a folder of the test's own. */
function start(...args: string[]): Started {
  const child = spawn(
    process.execPath,
    ['scripts/run.mjs', 'scripts/start.ts', '--data', data, '--port', '0', ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  const address = new Promise<string>((resolve) => {
    const read = (chunk: Buffer) => {
      output += String(chunk)
      const line = /^http:\/\/127\.0\.0\.1:\d+$/m.exec(output)
      if (line) resolve(line[0])
    }
    child.stdout!.on('data', read)
    child.stderr!.on('data', read)
  })
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      running.delete(started)
      resolve(code)
    })
  })
  const started = { child, output: () => output, address, ended }
  running.add(started)
  return started
}

const statusOf = (address: string, headers: Record<string, string>) =>
  new Promise((resolve, reject) => {
    get(address, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', reject)
  })

test('prints the address when the shop can be tapped, and ends on Ctrl-C', async () => {
  const { child, address, ended } = start()
  expect(await statusOf(await address, {})).toBe(200)
  child.kill('SIGINT')
  expect(await ended).toBe(0)
})

test('refuses foreign Host and Origin headers', async () => {
  const { address } = start()
  const url = await address
  expect(await statusOf(url, { host: 'shop.example' })).toBe(403)
  expect(await statusOf(url, { origin: 'https://shop.example' })).toBe(403)
})

test('a taken port is one line that names it and another', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { output, ended } = start('--port', String(port))
  expect(await ended).toBe(1)
  server.close()
  expect(output()).toBe(
    `Port ${port} cannot be had: choose another one with npm start -- --port ${port + 1}\n`,
  )
})

test('a second simulator with the same data is one line that says which is first', async () => {
  const first = start()
  await first.address
  const second = start()
  expect(await second.ended).toBe(1)
  expect(second.output()).toBe(
    `Another simulator (process ${first.child.pid}) is using ${data}: stop it first.\n`,
  )
})

test('damaged data is one line, and --fresh begins anew', async () => {
  writeFileSync(path.join(data, 'cloudbase.journal'), 'not a line of a journal\n{}\n')
  const damaged = start()
  expect(await damaged.ended).toBe(1)
  expect(damaged.output()).toContain('cloudbase.journal is damaged at line 1')
  expect(damaged.output()).toContain('npm start -- --fresh')
  expect(damaged.output().trim()).not.toContain('\n')
  await start('--fresh').address
})

test('a data folder that cannot be written is one line', async () => {
  const file = path.join(data, 'file')
  writeFileSync(file, '')
  const { output, ended } = start('--data', path.join(file, 'folder'))
  expect(await ended).toBe(1)
  expect(output()).toMatch(/^The data folder .* cannot be written \(.*\)\.\n$/)
})

test('--fresh leaves what is not the simulator’s own', async () => {
  const file = path.join(data, 'notes.txt')
  appendFileSync(file, 'mine')
  await start('--fresh').address
  expect(readFileSync(file, 'utf8')).toBe('mine')
})
